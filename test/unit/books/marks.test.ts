import { markIndexOf } from '../../../nodes/shared/books/marks/markIndex';
import { commentsOf, companyWith, DAY, inA, MINUTE, markOf, NOT_SHOWN, wanted, YEAR, type Booked } from './support';

describe('the index of marks', () => {
	afterEach(() => jest.restoreAllMocks());

	it('is read once for callers that come together, and then by what changed', async () => {
		const { clock, api, sent, index, keys } = companyWith([{ series: 'A', number: 1, comments: commentsOf('N-1') }]);
		await clock.run(index.advance(api));
		expect(keys('N-1', 'N-2')).toEqual(['A1', '']);
		const before = sent.length;
		await clock.run(Promise.all([index.advance(api), index.advance(api), index.advance(api)]));
		expect(sent.slice(before).map(({ url }) => new URL(url).searchParams.has('lastmodified'))).toEqual([true]);
	});

	it('is read once more for callers that come while a look is under way', async () => {
		const { clock, api, index, lists } = companyWith([]);
		const looks = [index.advance(api)];
		await clock.pass(10);
		looks.push(index.advance(api), index.advance(api));
		await clock.run(Promise.all(looks));
		expect(lists()).toEqual(['all', '2026-03-01 00:57', '2026-03-01 00:57']);
	});

	it('is asked for anew after a look that failed', async () => {
		const { network, lists, keys, look } = companyWith(inA([1], { comments: commentsOf('N-1') }));
		network.status = 400;
		await expect(look()).rejects.toThrow('Nej.');
		network.status = 200;
		await look();
		expect(keys('N-1')).toEqual(['A1']);
		expect(lists()).toEqual(['all', 'all', '2026-03-01 00:57']);
	});

	it('is read by what changed since the last look began, and three minutes before, by Stockholm’s clock', async () => {
		const { clock, network, lists, look } = companyWith([]);
		network.latency = 50_000;
		await clock.pass(30_000);
		for (let looks = 0; looks < 3; looks++) {
			await look();
			await clock.pass(10 * MINUTE);
		}
		// Looks began at 01:00:30, 01:12:10 and 01:23.
		expect(lists()).toEqual(['all', '2026-03-01 00:57', '2026-03-01 00:57', '2026-03-01 01:09']);
	});

	it.each([
		[80, ['2026-03-01 00:58']],
		[100, ['2026-03-01 00:58', 'all', '2026-03-01 01:57']],
	])(
		'is read by what changed where the clock of the last look was fast by %d s, or whole where that misses too much',
		async (fast, asked) => {
			const { clock, lists, look } = companyWith([]);
			clock.wallOffset += fast * 1000;
			await look();
			clock.wallOffset -= fast * 1000;
			await clock.pass(60 * MINUTE);
			await look();
			expect(lists().slice(2)).toEqual(asked);
		},
	);

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

	it.each<[string, number | undefined, number[]]>([
		['that the list does not show', 9, [6, 7, 8]],
		['of which there are none', 6, []],
		['of which there are none, as some were deleted', 3, []],
		['of which there are many, the last 300', 1000, Array.from({ length: 300 }, (_, index) => 700 + index)],
		['of a series that is not there, which are none', undefined, []],
	])('reads the newest vouchers %s', async (_, next, numbers) => {
		const { clock, api, index, read, look } = companyWith(inA([5]), next === undefined ? {} : { A: next });
		await look();
		await clock.run(index.readNewest(api, 'A'));
		expect(read()).toEqual(numbers.map((number) => `A/${number}`));
	});

	it('reads a voucher anew that was forgotten', async () => {
		const { clock, api, index, read, keys } = companyWith(inA([1], { comments: commentsOf('N-1') }), { A: 2 });
		index.noteRead({ VoucherSeries: 'A', VoucherNumber: 1, TransactionDate: DAY, Comments: 'by hand' });
		index.forget('A-1-3');
		await clock.run(index.readNewest(api, 'A'));
		expect([read(), keys('N-1')]).toEqual([['A/1'], ['A1']]);
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
		// Another reading of the list may show them.
		for (const voucher of many.vouchers) delete voucher.listed;
		await many.look();
		expect(many.keys('N-1', 'N-301')).toEqual(['A1', 'A301']);
		await many.clock.run(many.index.readHidden(many.api, [wanted('N-400')]));
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
		const { clock, api, index, read, look } = companyWith(inA([1], { listed: NOT_SHOWN }));
		index.add({ series: 'A', number: 6, year: YEAR, mark: markOf('N-6') });
		await look();
		await clock.run(index.readHidden(api, [wanted('N-6')]));
		expect(read()).toEqual([]);
		index.forget('A-6-3');
		expect([...index.all()]).toEqual([]);
	});
});

describe('the indexes of a process', () => {
	afterEach(() => jest.restoreAllMocks());

	it('are one for each year of each company, until nobody has asked for it in an hour', () => {
		const now = jest.spyOn(performance, 'now').mockReturnValue(0);
		const index = markIndexOf('1001', 1);
		expect([markIndexOf('1001', 1), markIndexOf('1001', 2), markIndexOf('1002', 1)].map((one) => one === index)).toEqual([
			true,
			false,
			false,
		]);
		const isSameAt = (minutes: number): boolean => {
			now.mockReturnValue(minutes * MINUTE);
			return markIndexOf('1001', 1) === index;
		};
		expect([isSameAt(60), isSameAt(120), isSameAt(180.001)]).toEqual([true, true, false]);
	});

	it('are of some days where no index of the whole year is there, which has them as well', async () => {
		const { clock, api, sent } = companyWith([]);
		const [march, april] = [
			{ from: '2026-03-01', to: '2026-03-31' },
			{ from: '2026-04-01', to: '2026-04-30' },
		];
		const ofMarch = markIndexOf('1003', YEAR, march);
		expect([markIndexOf('1003', YEAR, march), markIndexOf('1003', YEAR, april)].map((one) => one === ofMarch)).toEqual([true, false]);
		const whole = markIndexOf('1003', YEAR);
		expect([ofMarch, markIndexOf('1003', YEAR, march)].map((one) => one === whole)).toEqual([false, true]);
		await clock.run(ofMarch.advance(api));
		await clock.run(whole.advance(api));
		const days = sent.map(({ url }) => new URL(url).searchParams).map((asked) => [asked.get('fromdate'), asked.get('todate')]);
		expect(days).toEqual([
			['2026-03-01', '2026-03-31'],
			['2026-03-01', '2026-03-31'],
			[null, null],
			[null, null],
		]);
	});
});
