import type { VatEntryInput } from '../../../nodes/shared/ledger/vat/vatReturn';
import { otherwise } from './otherwise';
import { entry, row, type Row } from './support';

const SALE = [row(3001, -100_000), row(2611, -25_000), row(1930, 125_000)];
const SETTLES = [row(2611, 25_000), row(2650, -25_000)];
const sale = entry(SALE);
const later = (rows: Row[], more: Partial<VatEntryInput> = {}) => entry(rows, { id: 'A-9', date: '2026-04-12', ...more });

describe('a period that is settled otherwise', () => {
	it('is one with a settlement in it', () => {
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' })])).toBe('A-2 settles VAT of the period already (2611: 250.00).');
		const parts = [
			[2611, 20_000],
			[2611, 5_000],
		].map(([account = 0, amount = 0], index) => entry([row(account, amount), row(2650, -amount)], { id: `A-${index + 2}` }));
		expect(otherwise([sale, ...parts])).toBe('A-2, A-3 settles VAT of the period already (2611: 250.00).');
	});

	it('is one that is settled in part', () => {
		expect(otherwise([sale, entry([row(2611, 10_000), row(2650, -10_000)], { id: 'A-2' })])).toContain('(2611: 100.00)');
	});

	it('is one that is settled after it, by just what it moved', () => {
		expect(otherwise([sale, later(SETTLES)])).toBe('A-9 of 2026-04-12 settles the VAT of the period already.');
		expect(otherwise([sale, later([...SETTLES, row(2621, 1), row(2650, -1)])])).toBeDefined();
	});

	it('is not one whose amounts a later period has, whose text says so', () => {
		const april = [sale, entry(SALE, { id: 'A-8', date: '2026-04-02' }), later(SETTLES, { text: 'Moms april' })];
		expect(otherwise(april)).toBeDefined();
		expect(otherwise([...april.slice(0, 2), later(SETTLES, { text: 'Momsredovisning 2026-04' })])).toBeUndefined();
	});

	it('is one that a later settlement leaves nothing of, of this period and the next', () => {
		const next = entry([row(3001, -40_000), row(2611, -10_000), row(1930, 50_000)], { id: 'A-8', date: '2026-04-02' });
		const both = later([row(2611, 35_000), row(2650, -35_000)]);
		expect(otherwise([sale, next, both])).toBe('A-9 of 2026-04-12 settles the VAT of the period already.');
		// What came after the settlement does not count.
		expect(otherwise([sale, next, both, { ...next, id: 'A-10', date: '2026-04-13' }])).toBeDefined();
		expect(otherwise([sale, both])).toBeDefined();
	});

	it('is one that a later settlement empties with what stood there before and was settled since', () => {
		const opening = [row(2611, -5_000)];
		expect(otherwise([sale, later([row(2611, 30_000), row(2650, -30_000)])], opening)).toBeDefined();
		const earlier = entry([row(2611, 5_000), row(2650, -5_000)], { id: 'A-2' });
		expect(otherwise([sale, earlier, later([row(2611, 25_000), row(2650, -25_000)])], opening)).toBeDefined();
		expect(otherwise([sale, earlier, later([row(2611, 30_000), row(2650, -30_000)])], opening)).toBeDefined();
	});

	it('is not one in which an earlier period is settled', () => {
		const ofEarlier = entry([row(2611, 5_000), row(2650, -5_000)], { id: 'A-2' });
		expect(otherwise([sale, ofEarlier], [row(2611, -5_000)])).toBeUndefined();
		expect(otherwise([sale, ofEarlier], [row(2611, -6_000)])).toBeUndefined();
		expect(otherwise([sale, ofEarlier], [row(2611, -4_900)])).toBeDefined();
		expect(otherwise([sale, ofEarlier], [row(2611, 5_000)])).toBeDefined();
	});

	it('is one whose own amounts are settled, though more stood there before', () => {
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' })], [row(2611, -30_000)])).toContain('A-2 settles');
		// The same amount stood there before: it is the earlier period's.
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' })], [row(2611, -25_000)])).toBeUndefined();
	});

	it('is not one in which an earlier settlement is corrected', () => {
		expect(otherwise([sale, entry([row(2611, -5_000), row(2650, 5_000)], { id: 'A-2' })])).toBeUndefined();
		expect(otherwise([entry([row(2621, 5_000), row(2650, -5_000)], { id: 'A-2' })])).toBeUndefined();
	});

	it('is not one whose settlement is reversed after it', () => {
		const reversed = [sale, entry(SETTLES, { id: 'A-2' }), later([row(2611, -25_000), row(2650, 25_000)])];
		expect(otherwise(reversed)).toBeUndefined();
		expect(otherwise([...reversed.slice(0, 2), later([row(2611, -24_000), row(2650, 24_000)])])).toBeDefined();
		expect(otherwise([...reversed.slice(0, 2), later([row(2611, -25_000), row(1930, 25_000)])])).toBeDefined();
	});

	it('names those entries only that settle what is wanted', () => {
		const other = entry([row(2621, 5_000), row(2650, -5_000)], { id: 'A-3' });
		expect(otherwise([sale, entry(SETTLES, { id: 'A-2' }), other])).toBe('A-2 settles VAT of the period already (2611: 250.00).');
	});

	it('is not one without VAT', () => {
		expect(otherwise([entry([row(3105, -100_000), row(1930, 100_000)]), later(SETTLES)])).toBeUndefined();
	});
});
