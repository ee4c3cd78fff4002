/** What a value of JSON is to be. `digits` is a number in a string, `amount` kronor with at most two decimals. */
export type Kind = 'text' | 'digits' | 'date' | 'whole' | 'amount' | 'yes or no';

/** `?`: may be null, or absent. */
export type Field = Kind | `${Kind}?` | Shape | readonly [Shape];

export interface Shape {
	readonly [field: string]: Field;
}

const CHECKS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
	text: (value) => typeof value === 'string',
	digits: (value) => typeof value === 'string' && /^\d+$/.test(value),
	date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
	whole: Number.isInteger,
	amount: (value) => typeof value === 'number' && Math.abs(Math.round(value * 100) - value * 100) < 1e-6,
	'yes or no': (value) => typeof value === 'boolean',
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isRows = (field: Field): field is readonly [Shape] => Array.isArray(field);

/** Which fields a value lacks or has as something else; with `only`, which it has beyond the shape too. Each with its path. */
export function misfits(shape: Shape, value: unknown, { only = false, at = '' } = {}): string[] {
	if (!isRecord(value)) return [`${at || 'it'} is no object`];
	const beyond = only ? Object.keys(value).filter((name) => !(name in shape)) : [];
	return [
		...beyond.map((name) => `${at}${name} is not in the shape`),
		...Object.entries(shape).flatMap(([name, field]) => misfit(field, value[name], { only, at: `${at}${name}` })),
	];
}

function misfit(field: Field, value: unknown, { only, at }: { only: boolean; at: string }): string[] {
	if (isRows(field)) {
		if (!Array.isArray(value)) return [`${at} is no list`];
		return value.flatMap((row, index) => misfits(field[0], row, { only, at: `${at}[${index}].` }));
	}
	if (typeof field !== 'string') return misfits(field, value, { only, at: `${at}.` });
	const [, kind = '', optional] = /^(.*?)(\?)?$/.exec(field) ?? [];
	if (optional && (value === null || value === undefined)) return [];
	return isKind(kind) && CHECKS[kind](value) ? [] : [`${at} is not of the kind "${kind}": ${JSON.stringify(value)}`];
}

const isKind = (name: string): name is Kind => Object.hasOwn(CHECKS, name);
