import { mayTakeBack, takenBackIn } from '../../../nodes/shared/ledger/vat';
import { settlementsFrom } from '../../../nodes/shared/ledger/vat/settlement';
import type { VatEntryInput } from '../../../nodes/shared/ledger/vat/vatReturn';
import { entry, returnOf, row } from './support';

const SALE = entry([row(1930, 125_000), row(3001, -100_000), row(2611, -25_000)]);

/** An entry that moves VAT of sales, öre in debit, against an account. */
const moves = (id: string, day: string, amount: number, { against = 2650, text = 'Moms' } = {}): VatEntryInput =>
	entry([row(2611, amount), row(against, -amount)], { id, date: `2026-${day}`, text });

interface Marks {
	/** What reverses an entry, by the id of the latter. */
	reversals?: Record<string, string>;
	marked?: string[];
}

/** What takes back what, as `A-3: A-2`, with `marked` and what else it may have meant. */
function takenBack(entries: VatEntryInput[], { reversals = {}, marked = [] }: Marks = {}): string[] {
	const found = takenBackIn(returnOf([SALE, ...entries]), { isMarked: (id) => marked.includes(id), reversalOf: (id) => reversals[id] });
	return found.map(({ by, settlement, isMarked, alike }) =>
		[`${by}: ${settlement.id}`, ...(isMarked ? ['marked'] : []), ...alike.map(({ id }) => `or ${id}`)].join(', '),
	);
}

const SETTLED = moves('A-2', '03-31', 25_000);
const BACK = moves('A-3', '04-12', -25_000);

it.each<[string, VatEntryInput[], string[]]>([
	['that moves the opposite', [SETTLED, BACK], ['A-3: A-2']],
	[
		'over the tax account, as it was paid',
		[moves('A-2', '04-12', 25_000, { against: 1630 }), moves('A-3', '04-13', -25_000, { against: 1630 })],
		['A-3: A-2'],
	],
	['of one more öre: not', [SETTLED, moves('A-3', '04-12', -25_001)], []],
	['before it: not', [moves('A-3', '03-30', -25_000), SETTLED], ['A-2: A-3']],
	['in another way: not', [SETTLED, moves('A-3', '04-12', -25_000, { against: 1630 })], []],
	[
		'with another account of VAT: not',
		[SETTLED, entry([row(2611, -25_000), row(2621, -500), row(2650, 25_500)], { id: 'A-3', date: '2026-04-12' })],
		[],
	],
	['whose text says its period: not', [SETTLED, moves('A-3', '04-12', -25_000, { text: 'Momsredovisning 2026-04' })], []],
	['each by one entry', [SETTLED, BACK, moves('A-4', '04-13', -25_000)], ['A-3: A-2']],
	['and posted anew: the one before it', [SETTLED, BACK, moves('A-4', '04-13', 25_000)], ['A-3: A-2']],
	['of two alike: the last before it', [SETTLED, moves('A-3', '04-02', 25_000), moves('A-4', '04-12', -25_000)], ['A-4: A-3, or A-2']],
	['of two alike on one day: the first', [SETTLED, moves('A-3', '03-31', 25_000), moves('A-4', '04-12', -25_000)], ['A-4: A-2, or A-3']],
])('a settlement is taken back by an entry %s', (_, entries, expected) => {
	expect(takenBack(entries)).toEqual(expected);
	const figures = returnOf([SALE, ...entries]);
	if (expected.length > 0) expect(mayTakeBack(figures)).toBe(true);
});

it('two opposite settlements of one day take back each other', () => {
	expect(takenBack([SETTLED, moves('A-3', '03-31', -25_000)])).toHaveLength(1);
});

it('no marks need be read where nothing moves the opposite', () => {
	expect(mayTakeBack(returnOf([SALE, SETTLED]))).toBe(false);
	expect(mayTakeBack(returnOf([SALE, SETTLED, moves('A-3', '04-12', -24_000)]))).toBe(false);
	expect(mayTakeBack(returnOf([SALE, SETTLED, moves('A-3', '04-12', -25_000, { text: 'Momsredovisning 2026-04' })]))).toBe(false);
});

it('a settlement of VAT that moved none is taken back by nothing', () => {
	const empty = (id: string): VatEntryInput => entry([row(2611, 5), row(2611, -5), row(2650, 0)], { id });
	expect(takenBack([empty('A-2'), empty('A-3')])).toEqual([]);
});

it.each<[string, Marks, string[]]>([
	['says which', { reversals: { 'A-2': 'A-4' } }, ['A-4: A-2, marked']],
	['says that it was taken back by an entry of another year', { reversals: { 'A-3': 'B-9' } }, ['B-9: A-3, marked', 'A-4: A-2']],
	['is of the entry that looks so, and says nothing of these', { marked: ['A-4'] }, []],
])('a mark %s', (_, marks, expected) => {
	expect(takenBack([SETTLED, moves('A-3', '04-02', 25_000), moves('A-4', '04-12', -25_000)], marks)).toEqual(expected);
});

it('a month of credit notes is settled by what looks like taking it back', () => {
	const credit = entry([row(1930, -125_000), row(3001, 100_000), row(2611, 25_000)], { id: 'A-9', date: '2026-04-05' });
	expect(takenBack([SETTLED, credit, moves('A-3', '04-30', -25_000)])).toEqual([]);
});

it('settlements are looked at by their days, and those of a day as they were posted', () => {
	const entries = [
		moves('A-2', '04-30', 1),
		moves('A-3', '03-31', 1),
		moves('A-4', '04-12', 1),
		moves('A-5', '03-31', 1),
		moves('A-6', '04-12', 1),
	];
	const credit = entry([row(2611, -100), row(3001, -400), row(1930, 500)], { id: 'A-7', date: '2026-04-01' });
	const found = settlementsFrom(returnOf([SALE, ...entries, credit]));
	expect(found.map(({ id, settles }) => [id, settles])).toEqual(['A-3', 'A-5', 'A-4', 'A-6', 'A-2'].map((id) => [id, 'return']));
});
