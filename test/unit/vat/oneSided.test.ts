import { findOneSided } from '../../../nodes/shared/ledger/vat/oneSided';
import type { VatFinding } from '../../../nodes/shared/ledger/vat/vatChecks';
import { entry, returnOf, row } from './support';

/** What is found in entries `A-1`, `A-2` …, each given by its rows. */
function found(...entries: Array<Array<[account: number, amount: number]>>): VatFinding[] {
	const read = entries.map((rows, index) =>
		entry(
			rows.map(([account, amount]) => row(account, amount)),
			{ id: `A-${index + 1}` },
		),
	);
	return findOneSided(returnOf(read));
}

const facts = ({ check, severity, box, amount, entries }: VatFinding) => [check, severity, box, amount, entries.join(' ')];
const ONE_SIDED = 'reverse_charge_one_sided';

describe('reverse charge and import in one entry', () => {
	it.each<[string, Array<[number, number]>]>([
		[
			'with both sides',
			[
				[2614, -25_000],
				[2645, 25_000],
			],
		],
		[
			'of import with both sides',
			[
				[2615, -25_000],
				[2645, 25_000],
			],
		],
		[
			'deducted on an account of any VAT',
			[
				[2614, -25_000],
				[2641, 25_000],
			],
		],
		['beside VAT of a sale', [[2611, -25_000]]],
		['beside VAT of a purchase', [[2641, 25_000]]],
		[
			'deducting more, with other purchases',
			[
				[2614, -25_000],
				[2641, 26_000],
			],
		],
	])('is right %s', (_, rows) => {
		expect(found(rows)).toEqual([]);
	});

	it.each<[string, Array<[number, number]>, Array<string | number>]>([
		['owes and deducts none', [[2614, -25_000]], [ONE_SIDED, 'error', '30', 25_000, 'A-1']],
		['owes at 12 % and deducts none', [[2624, -12_000]], [ONE_SIDED, 'error', '30', 12_000, 'A-1']],
		['deducts on 2645 and owes none', [[2645, 25_000]], [ONE_SIDED, 'error', '48', -25_000, 'A-1']],
		['deducts on 2647 and owes none', [[2647, 25_000]], [ONE_SIDED, 'error', '48', -25_000, 'A-1']],
		[
			'deducts a part',
			[
				[2614, -25_000],
				[2645, 24_999],
			],
			['reverse_charge_partly_deducted', 'warning', '48', 1, 'A-1'],
		],
		[
			'credits and deducts a part',
			[
				[2614, 25_000],
				[2645, -10_000],
			],
			['reverse_charge_partly_deducted', 'warning', '48', -15_000, 'A-1'],
		],
	])('%s', (_, rows, expected) => {
		expect(found(rows).map(facts)).toEqual([expected]);
	});

	it('deducts VAT on 2646, which is that of premises, and owes none', () => {
		expect(found([[2646, 25_000]])).toEqual([]);
	});

	it('says what it owes and deducts', () => {
		expect(found([[2614, -25_000]])[0]?.message).toBe('A-1 owes VAT of 250.00 by reverse charge or import, and deducts none.');
		expect(found([[2645, 25_000]])[0]?.message).toBe(
			'A-1 deducts VAT of 250.00 on an account for reverse charge or import, and no VAT is owed in it.',
		);
		expect(
			found([
				[2614, -25_000],
				[2645, 10_000],
			])[0]?.message,
		).toBe(
			'A-1 owes VAT of 250.00 by reverse charge or import, and deducts 100.00 of it. That is right only where the purchase is not fully deductible.',
		);
	});
});

describe('both sides in entries of their own', () => {
	it('are pairs of the same amount, and a word of warning', () => {
		const findings = found([[2614, -25_000]], [[2614, -12_000]], [[2645, 12_000]], [[2645, 25_000]]);
		expect(findings.map(facts)).toEqual([
			[ONE_SIDED, 'warning', '48', 25_000, 'A-1 A-4'],
			[ONE_SIDED, 'warning', '48', 12_000, 'A-2 A-3'],
		]);
		expect(findings[0]?.message).toBe(
			'A-1, A-4 owe and deduct the same VAT of 250.00 by reverse charge or import, in entries of their own. The boxes are right where these are the same purchases.',
		);
	});

	it('are each taken once', () => {
		expect(found([[2614, -25_000]], [[2614, -25_000]], [[2645, 25_000]]).map(facts)).toEqual([
			[ONE_SIDED, 'error', '30', 25_000, 'A-2'],
			[ONE_SIDED, 'warning', '48', 25_000, 'A-1 A-3'],
		]);
	});

	it('are one entry that sums up others', () => {
		expect(found([[2614, -25_000]], [[2614, -12_000]], [[2645, 37_000]]).map(facts)).toEqual([
			[ONE_SIDED, 'warning', '48', 37_000, 'A-1 A-2 A-3'],
		]);
	});

	it('are pairs first, and of the rest a sum', () => {
		const findings = found([[2614, -25_000]], [[2614, -12_000]], [[2614, -6_000]], [[2645, 25_000]], [[2645, 18_000]]);
		expect(findings.map(facts)).toEqual([
			[ONE_SIDED, 'warning', '48', 25_000, 'A-1 A-4'],
			[ONE_SIDED, 'warning', '48', 18_000, 'A-2 A-3 A-5'],
		]);
	});

	it('are errors each where they differ', () => {
		expect(found([[2614, -25_000]], [[2645, 24_000]]).map(facts)).toEqual([
			[ONE_SIDED, 'error', '30', 25_000, 'A-1'],
			[ONE_SIDED, 'error', '48', -24_000, 'A-2'],
		]);
	});

	it('are errors each where one side alone makes 0', () => {
		expect(found([[2645, 25_000]], [[2645, -25_000]]).map(facts)).toEqual([
			[ONE_SIDED, 'error', '48', -25_000, 'A-1'],
			[ONE_SIDED, 'error', '48', 25_000, 'A-2'],
		]);
		expect(found([[2614, -25_000]], [[2614, 25_000]]).map(facts)).toEqual([
			[ONE_SIDED, 'error', '30', 25_000, 'A-1'],
			[ONE_SIDED, 'error', '30', -25_000, 'A-2'],
		]);
	});

	it('are no pair where nothing of it is on an account for it', () => {
		expect(found([[2614, -25_000]], [[2641, 25_000]]).map(facts)).toEqual([[ONE_SIDED, 'error', '30', 25_000, 'A-1']]);
	});
});
