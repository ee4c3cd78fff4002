import { VatReturnCollector } from '../../../nodes/shared/ledger/vat';
import { entry, row } from './support';

const SALE = [row(1930, 125_000), row(3001, -100_000), row(2611, -25_000)];

it('an account has two lines where it had two codes', () => {
	const collector = new VatReturnCollector({ from: '2026-03-01', to: '2026-03-31' });
	collector.add(entry([row(3050, -100)]), () => 'MP1');
	collector.add(entry([row(3050, -200)], { id: 'A-2' }), () => 'VTEU');
	expect(collector.finish().accounts.map(({ code, box, amount }) => [code, box, amount])).toEqual([
		['MP1', '05', 100],
		['VTEU', '35', 200],
	]);
});

it('a copy has the same content, and what is added to it is not in the original', () => {
	const without = (): string => '';
	const collector = new VatReturnCollector({ from: '2026-03-01', to: '2026-03-31' });
	const addTo = (one: VatReturnCollector, id: string): void => {
		one.addOpening(2611, -100, '');
		one.addOpening(2650, -100, '');
		one.add(entry(SALE, { id }), without);
		one.add(entry([row(2611, 25_000), row(2650, -25_000)], { id }), without);
		one.add(entry([row(2650, 100), row(1930, -100)], { id }), without);
		one.add(entry(SALE, { id, date: '2026-04-01' }), without);
	};
	addTo(collector, 'A-1');
	const before = collector.finish();
	expect([before.entries, before.leftOut, before.after].map((entries) => entries.length)).toEqual([1, 1, 1]);
	const copy = collector.copy();
	expect(copy.finish()).toEqual(before);
	addTo(copy, 'A-2');
	expect(collector.finish()).toEqual(before);
	const { vatBefore, settlementBefore, paid, entries, leftOut, after } = copy.finish();
	expect([...vatBefore, ...settlementBefore, ...paid]).toEqual([
		[2611, -200],
		[2650, -200],
		[2650, 200],
	]);
	expect([entries, leftOut, after].map((each) => each.map(({ id }) => id))).toEqual(Array(3).fill(['A-1', 'A-2']));
});
