import { startWorld, type World } from '../../engine/support/world';
import { runAllOperations } from '../operations';
import { checkExchange, shapeOf } from './check';
import { EXCHANGES } from './exchanges';

describe('every request of the node, and what it reads of the answer, by shapes of our own', () => {
	let world: World;

	beforeAll(async () => {
		world = await startWorld({ settings: { logAnswers: true } });
		await runAllOperations(world);
	});
	afterAll(async () => await world.close());

	it('fit', () => {
		expect(world.sandbox.log.flatMap((exchange) => checkExchange(exchange))).toEqual([]);
	});

	it('make use of every shape', () => {
		const used = new Set(world.sandbox.log.map((exchange) => shapeOf(exchange)));
		expect(EXCHANGES.filter((shape) => !used.has(shape)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
	});
});

describe('the check itself', () => {
	const row = { Account: 1930, Debit: 1 };
	const voucher = { VoucherSeries: 'A', TransactionDate: '2026-06-01', Description: 'x', Comments: '', VoucherRows: [row] };
	const post = { method: 'POST', path: '/3/vouchers', query: { financialyear: '4' }, status: 400 };
	const answer = { ErrorInformation: { error: 1, message: 'x', code: 2000106 } };

	it('takes what fits', () => {
		expect(checkExchange({ ...post, body: { Voucher: voucher }, answer })).toEqual([]);
	});

	it.each([
		['a path', { ...post, path: '/3/verifikationer' }, /not in the shapes/],
		['a parameter', { ...post, query: { year: '4' } }, /parameter year/],
		['a field', { ...post, body: { Voucher: { ...voucher, Year: 4 } } }, /Voucher\.Year is not in the shape/],
		[
			'a field of a row',
			{ ...post, body: { Voucher: { ...voucher, VoucherRows: [{ ...row, Removed: false }] } } },
			/VoucherRows\[0\]\.Removed/,
		],
		['a missing field', { ...post, body: { Voucher: { VoucherSeries: 'A' } } }, /Voucher\.TransactionDate/],
		['a third decimal', { ...post, body: { Voucher: { ...voucher, VoucherRows: [{ ...row, Debit: 1.005 }] } } }, /Debit/],
		['a number as text', { ...post, body: { Voucher: { ...voucher, VoucherRows: [{ ...row, Account: '1930' }] } } }, /Account/],
		[
			'an error in the other envelope',
			{ ...post, body: { Voucher: voucher }, answer: { ErrorInformation: { Error: 1, Message: 'x', Code: 1 } } },
			/ErrorInformation\.error/,
		],
		[
			'an answer without a field that is read',
			{ ...post, body: { Voucher: voucher }, status: 201, answer: { Voucher: { ...voucher, VoucherNumber: 1 } } },
			/Voucher\.Year/,
		],
	])('finds %s that does not', (_name, exchange, problem) => {
		expect(checkExchange({ answer, body: { Voucher: voucher }, ...exchange }).join('\n')).toMatch(problem);
	});
});
