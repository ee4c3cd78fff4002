import { LedgerMarks, yearsFrom } from '../../../nodes/shared/books/marks/ledgerMarks';
import { linksAmong } from '../../../nodes/shared/books/marks/links';
import { MarkIndex } from '../../../nodes/shared/books/marks/markIndex';
import { digestOf, keyOfOrigin, writeComments, type Mark } from '../../../nodes/shared/ledger/mark';
import type { LedgerEntry } from '../../../nodes/shared/unified/entryDraft';
import { commentsOf, DAY, markOf, YEAR } from './support';

describe('links', () => {
	const entry = (number: number): LedgerEntry => {
		const comments = commentsOf(`N-${number}`);
		return { series: 'A', number, year: YEAR, date: DAY, description: 'Rent', comments, rows: [] };
	};
	const added = (number: number, facts: Partial<Mark> = {}) => ({ series: 'A', number, year: YEAR, mark: markOf(`N-${number}`, facts) });
	const marksOf = (...vouchers: Array<ReturnType<typeof added>>): LedgerMarks => {
		const index = new MarkIndex(YEAR);
		vouchers.forEach((voucher) => index.add(voucher));
		return new LedgerMarks([index]);
	};

	it('of an entry, its reversal and its correction', () => {
		const marks = marksOf(added(1), added(2, { reverses: 'A-1-3' }), added(3, { corrects: 'A-1-3' }));
		expect(marks.linksOf('A-1-3', markOf('N-1'))).toEqual({ reversed_by: 'A-2-3', corrected_by: 'A-3-3' });
		expect(marks.linksOf('A-2-3', markOf('N-2', { reverses: 'A-1-3' }))).toEqual({ reverses: 'A-1-3' });
		expect(marks.linksOf('A-3-3', markOf('N-3', { corrects: 'A-1-3' }))).toEqual({ corrects: 'A-1-3' });
	});

	it('to a reversal or correction that was itself reversed are none', () => {
		const marks = marksOf(
			added(2, { reverses: 'A-1-3' }),
			added(3, { reverses: 'A-2-3' }),
			added(4, { corrects: 'A-9-3' }),
			added(5, { reverses: 'A-4-3' }),
		);
		expect(marks.linksOf('A-1-3', undefined)).toEqual({});
		expect(marks.linksOf('A-9-3', undefined)).toEqual({});
		expect([marks.stands('A-1-3'), marks.stands('A-2-3'), marks.stands('A-3-3')]).toEqual([true, false, true]);
		expect(marks.chainOf('A-1-3').map(({ number }) => number)).toEqual([2, 3]);
	});

	it('of several reversals are to the first that stands, and tell of all', () => {
		const marks = marksOf(
			added(2, { reverses: 'A-1-3' }),
			added(3, { reverses: 'A-2-3' }),
			added(4, { reverses: 'A-1-3' }),
			added(5, { reverses: 'A-1-3' }),
		);
		expect(marks.standingReversals('A-1-3').map(({ number }) => number)).toEqual([4, 5]);
		expect(marks.linksOf('A-1-3', undefined)).toEqual({ reversed_by: 'A-4-3' });
		expect(marks.chainOf('A-1-3').map(({ number }) => number)).toEqual([2, 3, 4, 5]);
	});

	it('to a reversal that has no rows any more are none', () => {
		const index = new MarkIndex(YEAR);
		index.add(added(2, { reverses: 'A-1-3' }));
		const marks = new LedgerMarks([index], (id) => id === 'A-2-3');
		expect([marks.linksOf('A-1-3', undefined), marks.chainOf('A-1-3'), marks.standingReversals('A-1-3')]).toEqual([{}, [], []]);
	});

	it('reach over the years that were looked at', () => {
		const [index, later] = [new MarkIndex(YEAR), new MarkIndex(4)];
		index.add(added(1, { reference: 'Lease' }));
		later.add({ ...added(2, { reference: 'Lease', reverses: 'A-1-3' }), year: 4 });
		later.add({ ...added(1, { corrects: 'A-1-3' }), year: 4 });
		const marks = new LedgerMarks([index, later]);
		expect(marks.linksOf('A-1-3', undefined)).toEqual({ reversed_by: 'A-2-4', corrected_by: 'A-1-4' });
		expect(['A-1-3', 'A-2-4', 'A-2-3'].map((id) => marks.isMarked(id))).toEqual([true, true, false]);
		expect(marks.withKey(markOf('N-1').key).map(({ year }) => year)).toEqual([3, 4]);
		expect(marks.withReference('Lease').map(({ year }) => year)).toEqual([3, 4]);
	});

	it('are looked for from the entry’s own year on', () => {
		const years = [
			{ Id: 7, FromDate: '2025-01-01', ToDate: '2025-12-31', AccountChartType: 'BAS 2025' },
			{ Id: 3, FromDate: '2026-01-01', ToDate: '2026-12-31', AccountChartType: 'BAS 2026' },
			{ Id: 5, FromDate: '2027-01-01', ToDate: '2027-12-31', AccountChartType: 'BAS 2027' },
		];
		expect([7, 3, 5, 4].map((first) => yearsFrom(years, first).map(({ Id }) => Id))).toEqual([[7, 3, 5], [3, 5], [5], []]);
	});

	it('in a circle of three come to an end', () => {
		const marks = marksOf(added(1, { reverses: 'A-2-3' }), added(2, { reverses: 'A-3-3' }), added(3, { reverses: 'A-1-3' }));
		expect(['A-1-3', 'A-2-3', 'A-3-3'].map((id) => marks.stands(id))).toEqual([false, false, false]);
	});

	it('in a circle, as copied comments make one, come to an end', () => {
		const marks = marksOf(added(1, { reverses: 'A-2-3' }), added(2, { reverses: 'A-1-3' }), added(3, { reverses: 'A-3-3' }));
		expect(marks.chainOf('A-1-3').map(({ number }) => number)).toEqual([2, 1]);
		expect(['A-1-3', 'A-2-3', 'A-3-3'].map((id) => marks.stands(id))).toEqual([true, true, true]);
		expect(['A-1-3', 'A-2-3', 'A-3-3'].map((id) => marks.standingReversals(id))).toEqual([[], [], []]);
		expect(marks.linksOf('A-3-3', undefined)).toEqual({});
	});

	it('with the reversal that an entry was posted with do not take it back', () => {
		const marks = marksOf(added(2, { reverses: 'A-1-3', purpose: 'planned' }), added(4, { reverses: 'A-3-3' }));
		expect([marks.isTakenBack('A-1-3'), marks.stands('A-1-3')]).toEqual([false, false]);
		expect([marks.isTakenBack('A-3-3'), marks.isTakenBack('A-5-3')]).toEqual([true, false]);
	});

	it('among entries leave out pairs that cancel each other', async () => {
		const reversal = (number: number, of: string, facts: Partial<Mark> = {}): LedgerEntry => {
			const mark: Mark = { key: keyOfOrigin('reversal', of), digest: digestOf('1', { of }), reference: of, ...facts };
			return { ...entry(number), comments: writeComments(mark, undefined) };
		};
		const entries = [
			entry(1),
			reversal(2, 'A-1-3', { purpose: 'undo' }),
			entry(3),
			reversal(4, 'A-3-3', { purpose: 'planned' }),
			entry(5),
			{ ...entry(6), comments: 'by hand' },
		];
		const links = await linksAmong(entries);
		expect(entries.map((one) => links.stands(one))).toEqual([false, false, true, true, true, true]);
		expect(entries.map((one) => links.of(one))).toEqual([
			{ reversed_by: 'A-2-3' },
			{ reverses: 'A-1-3' },
			{ reversed_by: 'A-4-3' },
			{ reverses: 'A-3-3' },
			{},
			{},
		]);
	});
});
