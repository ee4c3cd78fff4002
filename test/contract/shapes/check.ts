import type { Exchange } from '../openapi';
import { EXCHANGES, PAGING, type ExchangeShape } from './exchanges';
import { misfits, type Shape } from './shape';

/** What refused requests are answered with; the keys are lower case where the status is 400 (recorded). */
const REFUSAL: Shape = { ErrorInformation: { error: 'whole', message: 'text', code: 'whole' } };
const NOT_FOUND: Shape = { ErrorInformation: { Error: 'whole', Message: 'text', Code: 'whole' } };

const pattern = ({ path }: ExchangeShape): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

/** The shape of a request, by method and path; of several, the one whose answer is a file or none. */
export function shapeOf({ method, path, answer }: Exchange): ExchangeShape | undefined {
	const candidates = EXCHANGES.filter((shape) => shape.method === method && pattern(shape).test(path));
	const isFile = answer === undefined;
	return candidates.find((shape) => (shape.answer === 'bytes') === isFile) ?? candidates[0];
}

/** What a request sends or an answer holds beside the shapes. Nothing where both fit. */
export function checkExchange(exchange: Exchange): string[] {
	const { method, path, query, body, status, answer } = exchange;
	const shape = shapeOf(exchange);
	if (!shape) return [`${method} ${path} is not in the shapes`];
	const isList = typeof shape.answer === 'object' && 'MetaInformation' in shape.answer;
	const names = [...(shape.query ?? []), ...(isList ? PAGING : [])];
	const problems = [
		...Object.keys(query)
			.filter((name) => !names.includes(name))
			.map((name) => `the query parameter ${name} is not in the shape`),
		...(typeof shape.body === 'object' ? misfits(shape.body, body, { only: true }) : []),
		...(shape.body === undefined && body !== undefined ? ['a body where there is none'] : []),
		...checkAnswer(shape, status, answer),
	];
	return problems.map((problem) => `${method} ${path}: ${problem}`);
}

function checkAnswer(shape: ExchangeShape, status: number, answer: unknown): string[] {
	if (status >= 400) return misfits(status === 400 ? REFUSAL : NOT_FOUND, answer, { only: true });
	return shape.answer === 'bytes' ? [] : misfits(shape.answer, answer);
}
