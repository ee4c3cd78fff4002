import { isVatPeriod, periodName, readPeriod } from '../../../nodes/shared/ledger/reports/period';

const calendar = [
	{ from: '2025-01-01', to: '2025-12-31' },
	{ from: '2026-01-01', to: '2026-12-31' },
];
/** A first year that begins within a month, and one that ends with June. */
const broken = [
	{ from: '2024-11-12', to: '2025-06-30' },
	{ from: '2025-07-01', to: '2026-06-30' },
];

describe('the name of days', () => {
	it.each([
		['2026-06-01', '2026-06-30', '2026-06'],
		['2026-01-01', '2026-03-31', '2026-Q1'],
		['2026-04-01', '2026-06-30', '2026-Q2'],
		['2026-07-01', '2026-09-30', '2026-Q3'],
		['2026-10-01', '2026-12-31', '2026-Q4'],
		['2026-02-01', '2026-04-30', '2026-02-01–2026-04-30'],
		['2026-03-01', '2026-05-31', '2026-03-01–2026-05-31'],
		['2026-01-01', '2026-02-28', '2026-01-01–2026-02-28'],
		['2026-01-01', '2026-12-31', '2026'],
		['2024-01-01', '2024-12-31', '2024'],
		['2025-02-01', '2026-01-31', '2025-02-01–2026-01-31'],
		['2026-01-02', '2026-01-31', '2026-01-02–2026-01-31'],
		['2026-01-01', '2026-01-30', '2026-01-01–2026-01-30'],
	])('%s to %s is %s', (from, to, name) => {
		expect(periodName({ from, to }, calendar)).toBe(name);
	});

	it('of a broken financial year names both of its years', () => {
		expect(periodName({ from: '2025-07-01', to: '2026-06-30' }, broken)).toBe('2025/2026');
		expect(periodName({ from: '2025-07-01', to: '2026-06-30' }, calendar)).toBe('2025-07-01–2026-06-30');
	});

	it.each(['2026-06', '2026-Q3', '2025', '2026'])('%s is read back as it is written', (name) => {
		const read = readPeriod(name, '2026-11-26', calendar);
		expect(read.problem === undefined && periodName(read.value, calendar)).toBe(name);
	});
});

it('two months at the turn of broken years are no quarter where both years are there', () => {
	const years = [
		{ from: '2024-06-01', to: '2025-05-31' },
		{ from: '2025-06-01', to: '2026-05-31' },
	];
	expect(isVatPeriod({ from: '2025-04-01', to: '2025-05-31' }, years)).toBe(false);
	expect(isVatPeriod({ from: '2025-04-01', to: '2025-06-30' }, years)).toBe(true);
	expect(isVatPeriod({ from: '2026-04-01', to: '2026-05-31' }, years)).toBe(true);
	const closed = [
		{ from: '2025-01-01', to: '2025-12-31' },
		{ from: '2026-01-01', to: '2026-11-12' },
	];
	expect(isVatPeriod({ from: '2026-11-01', to: '2026-11-12' }, closed)).toBe(true);
	const inMay = [
		{ from: '2024-05-01', to: '2025-04-30' },
		{ from: '2025-05-01', to: '2026-04-30' },
	];
	expect(isVatPeriod({ from: '2025-05-01', to: '2025-06-30' }, inMay)).toBe(false);
	expect(isVatPeriod({ from: '2025-05-01', to: '2025-06-30' }, inMay.slice(1))).toBe(true);
});

describe('VAT is declared', () => {
	it.each([
		['a month', '2026-02-01', '2026-02-28'],
		['a quarter', '2026-04-01', '2026-06-30'],
		['the last quarter', '2026-10-01', '2026-12-31'],
		['a financial year', '2026-01-01', '2026-12-31'],
		['a calendar year without a financial year', '2023-01-01', '2023-12-31'],
	])('for %s', (_, from, to) => {
		expect(isVatPeriod({ from, to }, calendar)).toBe(true);
	});

	it.each<[string, string, string, Array<{ from: string; to: string }>?]>([
		['the part of the last quarter that has a financial year', '2026-04-01', '2026-05-31', [{ from: '2025-06-01', to: '2026-05-31' }]],
		['a broken financial year', '2025-07-01', '2026-06-30'],
		['a long first year', '2024-11-12', '2025-06-30'],
		['the part of a month that the company existed', '2024-11-12', '2024-11-30'],
		['the part of a quarter that the company existed', '2024-11-12', '2024-12-31'],
	])('for %s', (_, from, to, years = broken) => {
		expect(isVatPeriod({ from, to }, years)).toBe(true);
	});

	it.each([
		['two months', '2026-01-01', '2026-02-28'],
		['three months of two quarters', '2026-02-01', '2026-04-30'],
		['part of a month', '2026-02-01', '2026-02-27'],
		['a month from its second day on', '2026-02-02', '2026-02-28'],
		['half a year', '2026-01-01', '2026-06-30'],
		['twelve months of two years', '2025-07-01', '2026-06-30'],
		['the last months of a year', '2026-11-01', '2026-12-31'],
		['two years', '2025-01-01', '2026-12-31'],
	])('not for %s', (_, from, to) => {
		expect(isVatPeriod({ from, to }, calendar)).toBe(false);
	});
});
