import { LedgerMarks } from '../../../nodes/shared/books/marks/ledgerMarks';
import { linksAmong } from '../../../nodes/shared/books/marks/links';
import { MarkIndex } from '../../../nodes/shared/books/marks/markIndex';
import type { FortnoxVoucherListItem } from '../../../nodes/shared/fortnox/wire';
import { digestOf, keyOfNumber, keyOfOrigin, writeComments, type Mark } from '../../../nodes/shared/ledger/mark';
import type { LedgerEntry } from '../../../nodes/shared/unified/entryDraft';
import { answer, client, FakeClock } from '../fortnox/support';

const YEAR = 3;
const DAY = '2026-03-01';
const MINUTE = 60_000;

const markOf = (number: string, facts: Partial<Mark> = {}): Mark => ({
	key: keyOfNumber(number),
	digest: digestOf('1', { number }),
	number,
	...facts,
});
const commentsOf = (number: string, facts: Partial<Mark> = {}): string => writeComments(markOf(number, facts), undefined);
const wanted = (number: string, description = 'Rent') => ({ key: keyOfNumber(number), date: DAY, description });

/** A list without the field. */
const NOT_SHOWN = 'not shown';

interface Booked {
	series: string;
	number: number;
	comments: string;
	/** What the list shows in place of the comments. */
	listed?: string;
	description?: string;
}

/** A company whose vouchers a list shows, with an index of their marks. */
function companyWith(vouchers: Booked[], next: Record<string, number> = {}) {
	const clock = new FakeClock();
	const item = ({ series, number, comments, description = 'Rent' }: Booked): Partial<FortnoxVoucherListItem> => ({
		VoucherSeries: series,
		VoucherNumber: number,
		Year: YEAR,
		TransactionDate: DAY,
		Description: description,
		Comments: comments,
	});
	const changed: Booked[] = [];
	const { api, sent } = client(clock, async ({ url }) => {
		await clock.sleep(50);
		const { pathname, searchParams } = new URL(url);
		const [, kind, series, number] = pathname.split('/').slice(1);
		if (kind === 'voucherseries') return answer(200, { VoucherSeries: { Code: series, NextVoucherNumber: next[series ?? ''] } });
		const single = vouchers.find((voucher) => voucher.series === series && voucher.number === Number(number));
		if (series !== undefined && single === undefined)
			return answer(404, { ErrorInformation: { Error: 1, Message: 'Kan inte hitta verifikatet.', Code: 2000999 } });
		if (single !== undefined) return answer(200, { Voucher: item(single) });
		const shown = (searchParams.has('lastmodified') ? changed : vouchers).map((voucher) =>
			voucher.listed === undefined
				? item(voucher)
				: { ...item(voucher), Comments: voucher.listed === NOT_SHOWN ? undefined : voucher.listed },
		);
		return answer(200, { MetaInformation: { '@TotalResources': shown.length, '@TotalPages': 1, '@CurrentPage': 1 }, Vouchers: shown });
	});
	const index = new MarkIndex(YEAR);
	const read = () => sent.map(({ url }) => /\/vouchers\/(\w+\/\d+)/.exec(url)?.[1]).filter((path) => path !== undefined);
	const keys = (...numbers: string[]) =>
		numbers.map((number) =>
			index
				.withKey(keyOfNumber(number))
				.map((found) => `${found.series}${found.number}`)
				.join(),
		);
	return { clock, api, sent, index, changed, read, keys };
}

describe('the index of marks', () => {
	it('is read once for callers that come together, and then by what changed', async () => {
		const { clock, api, sent, index, keys } = companyWith([{ series: 'A', number: 1, comments: commentsOf('N-1') }]);
		await clock.run(index.advance(api));
		expect(keys('N-1', 'N-2')).toEqual(['A1', '']);
		const before = sent.length;
		await clock.run(Promise.all([index.advance(api), index.advance(api), index.advance(api)]));
		expect(sent.slice(before).map(({ url }) => new URL(url).searchParams.has('lastmodified'))).toEqual([true]);
	});

	it('is read whole once more where the clock of the last look was fast, since what changed then was not asked for', async () => {
		const vouchers = [{ series: 'A', number: 1, comments: commentsOf('N-1') }];
		const { clock, api, sent, index, keys } = companyWith(vouchers);
		clock.wallOffset += 60 * MINUTE;
		await clock.run(index.advance(api));
		clock.wallOffset -= 60 * MINUTE;
		vouchers.push({ series: 'A', number: 2, comments: commentsOf('N-2') });
		const before = sent.length;
		await clock.run(index.advance(api));
		expect(keys('N-1', 'N-2')).toEqual(['A1', 'A2']);
		expect(sent.slice(before).map(({ url }) => new URL(url).searchParams.has('lastmodified'))).toEqual([true, false, true]);
	});

	it('knows the highest number of each series, in whatever order they are listed', async () => {
		const { clock, api, index } = companyWith([
			{ series: 'A', number: 5, comments: '' },
			{ series: 'A', number: 3, comments: '' },
			{ series: 'B', number: 9, comments: '' },
		]);
		await clock.run(index.advance(api));
		expect(['A', 'B', 'C'].map((series) => index.highestOf(series))).toEqual([5, 9, 0]);
	});

	it('reads the newest vouchers that the list does not show yet, but none that it knows', async () => {
		const booked = [5, 6, 7, 8].map((number) => ({ series: 'A', number, comments: commentsOf(`N-${number}`) }));
		const listed = booked.slice(0, 1);
		const { clock, api, index, read, keys } = companyWith(booked, { A: 9 });
		for (const { series, number, comments } of listed)
			index.noteRead({ VoucherSeries: series, VoucherNumber: number, TransactionDate: DAY, Comments: comments });
		index.add({ series: 'A', number: 6, year: YEAR, mark: markOf('N-6') });
		index.noteRead({ VoucherSeries: 'A', VoucherNumber: 7, TransactionDate: DAY, Comments: '' });
		await clock.run(index.readNewest(api, 'A'));
		expect(read().filter((path) => ['A/5', 'A/6', 'A/7'].includes(path))).toEqual([]);
		expect(read()).toContain('A/8');
		expect(keys('N-8')).toEqual(['A8']);
	});

	it('reads the newest vouchers once for a series, until it starts anew', async () => {
		const { clock, api, index, sent } = companyWith([{ series: 'A', number: 1, comments: '' }], { A: 2 });
		await clock.run(index.advance(api));
		const count = async () => {
			const before = sent.length;
			await clock.run(index.readNewestOnce(api, 'A'));
			return sent.length - before;
		};
		expect([await count(), await count()]).toEqual([1, 0]);
		index.startAnew();
		expect(index.highestOf('A')).toBe(0);
		// The series, and the voucher that the list is no longer known to show.
		expect(await count()).toBe(2);
	});

	it('reads those whose comments the list does not show, 300 at most', async () => {
		const hidden = (count: number): Booked[] =>
			Array.from({ length: count }, (_, index) => ({
				series: 'A',
				number: index + 1,
				comments: commentsOf(`N-${index + 1}`),
				listed: NOT_SHOWN,
			}));
		const some = companyWith(hidden(300));
		await some.clock.run(some.index.advance(some.api));
		await some.clock.run(some.index.readHidden(some.api, [wanted('N-300')]));
		expect(some.keys('N-1', 'N-300')).toEqual(['A1', 'A300']);
		expect(some.read()).toHaveLength(300);

		const many = companyWith(hidden(301));
		await many.clock.run(many.index.advance(many.api));
		await expect(many.clock.run(many.index.readHidden(many.api, [wanted('N-300')]))).rejects.toMatchObject({
			problems: [{ code: 'ERROR_POST_NOT_VERIFIABLE', message: expect.stringContaining('the comments of 301 vouchers') }],
		});
		expect(many.read()).toEqual([]);
	});

	it('reads a voucher whose comments the list cuts within the mark', async () => {
		const comments = commentsOf('N-1');
		const { clock, api, index, read, keys } = companyWith([{ series: 'A', number: 1, comments, listed: comments.slice(0, 30) }]);
		await clock.run(index.advance(api));
		expect(keys('N-1')).toEqual(['']);
		await clock.run(index.readHidden(api, [wanted('N-1')]));
		expect([read(), keys('N-1')]).toEqual([['A/1'], ['A1']]);
		// It is read once, also where another entry is looked for.
		await clock.run(index.readHidden(api, [wanted('N-2')]));
		expect(read()).toEqual(['A/1']);
	});

	it('believes an empty comment of a voucher just made after ten minutes, and reads only what looks like the entry before', async () => {
		const made: Booked[] = [
			{ series: 'A', number: 1, comments: commentsOf('N-1'), listed: '' },
			{ series: 'A', number: 2, comments: commentsOf('N-2'), listed: '', description: 'Other' },
		];
		const early = companyWith(made);
		await early.clock.run(early.index.advance(early.api));
		early.changed.push(...made);
		await early.clock.run(early.index.advance(early.api));
		await early.clock.run(early.index.readHidden(early.api, [wanted('N-1')]));
		expect(early.read()).toEqual(['A/1']);
		expect(early.keys('N-1')).toEqual(['A1']);
		// Its comments were read: that the list still shows none changes nothing.
		await early.clock.run(early.index.advance(early.api));
		expect(early.keys('N-1')).toEqual(['A1']);

		const late = companyWith(made);
		await late.clock.run(late.index.advance(late.api));
		late.changed.push(...made);
		await late.clock.run(late.index.advance(late.api));
		late.changed.length = 0;
		await late.clock.pass(9 * MINUTE);
		await late.clock.run(late.index.advance(late.api));
		await late.clock.run(late.index.readHidden(late.api, [wanted('N-1')]));
		expect(late.read()).toEqual(['A/1']);
		await late.clock.pass(2 * MINUTE);
		await late.clock.run(late.index.advance(late.api));
		await late.clock.run(late.index.readHidden(late.api, [wanted('N-2', 'Other')]));
		expect(late.read()).toEqual(['A/1']);
	});

	it('asks for no voucher whose mark can be recovered though the list cuts it', async () => {
		const comments = commentsOf('N-1');
		const { clock, api, index, read, keys } = companyWith([{ series: 'A', number: 1, comments, listed: comments.slice(0, -1) }]);
		await clock.run(index.advance(api));
		await clock.run(index.readHidden(api, [wanted('N-2')]));
		expect(read()).toEqual([]);
		expect(keys('N-1', 'N-2')).toEqual(['A1', '']);
	});

	it('asks for no voucher where what is wanted is known', async () => {
		const { clock, api, index, read } = companyWith([]);
		index.add({ series: 'A', number: 6, year: YEAR, mark: markOf('N-6') });
		await clock.run(index.readHidden(api, [wanted('N-6')]));
		expect(read()).toEqual([]);
		index.forget('A-6-3');
		expect([...index.all()]).toEqual([]);
	});
});

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

	it('in a circle, as copied comments make one, come to an end', () => {
		const marks = marksOf(added(1, { reverses: 'A-2-3' }), added(2, { reverses: 'A-1-3' }), added(3, { reverses: 'A-3-3' }));
		expect(marks.chainOf('A-1-3').map(({ number }) => number)).toEqual([2, 1]);
		expect(marks.stands('A-3-3')).toBe(true);
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
