import { commentsOf, companyWith, DAY, inA, MINUTE, markOf, NOT_SHOWN, wanted, YEAR } from './support';

afterEach(() => jest.restoreAllMocks());

/** A company whose list showed A1 and A2 and nothing of B, with an index that read the newest numbers of both. */
async function withNewestRead(days?: { from: string; to: string }) {
	const company = companyWith(inA([1, 2]), { A: 3, B: 1 }, days);
	const { clock, api, index, look } = company;
	await look();
	await clock.run(index.readNewestOnce(api, 'A'));
	await clock.run(index.readNewestOnce(api, 'B'));
	return company;
}

describe('vouchers that come into the list too late', () => {
	it('are read once where it shows later ones of a series that entries are looked for in', async () => {
		const { index, changed, vouchers, read, keys, look } = await withNewestRead();
		const late = { comments: commentsOf('N-3') };
		// A7 was deleted.
		vouchers.push(...inA([3], late), ...inA([4, 5, 6, 8, 9]), ...inA([1, 2, 3], { series: 'B' }), ...inA([5], { series: 'C' }));
		index.add({ series: 'A', number: 4, year: YEAR, mark: markOf('N-4') });
		index.noteRead({ VoucherSeries: 'A', VoucherNumber: 5, TransactionDate: DAY, Comments: 'by hand' });
		changed.push(...inA([8, 9]), ...inA([3], { series: 'B' }), ...inA([5], { series: 'C' }));
		for (let looks = 0; looks < 2; looks++) {
			await look();
			expect(read()).toEqual(['A/3', 'A/6', 'A/7', 'B/1', 'B/2']);
		}
		expect(keys('N-3', 'N-4')).toEqual(['A3', 'A4']);
	});

	it('are not looked for by an index of some days, whose list passes over all others', async () => {
		const { changed, read, look } = await withNewestRead({ from: DAY, to: DAY });
		changed.push(...inA([9]));
		await look();
		expect(read()).toEqual([]);
	});

	it.each([
		[300, 300, 0],
		[301, 0, 1],
	])('are read one by one up to 300, and with the whole list where they are more: %d', async (late, single, whole) => {
		const { changed, vouchers, read, lists, keys, look } = await withNewestRead();
		vouchers.push(...inA([200], { comments: commentsOf('N-200') }));
		changed.push(...inA([3 + late]));
		const before = lists().length;
		await look();
		expect(read()).toHaveLength(single);
		expect(
			lists()
				.slice(before)
				.filter((list) => list === 'all'),
		).toHaveLength(whole);
		expect(keys('N-200')).toEqual(['A200']);
	});
});

describe('comments that the list does not show', () => {
	const comments = commentsOf('N-1');
	const FORMS: Array<[string, string | null]> = [
		['as an empty text', ''],
		['as null', null],
		['at all', NOT_SHOWN],
		['but for their first characters', comments.slice(0, 30)],
	];

	it.each(FORMS)('%s take nothing from what is known of a voucher', async (_, listed) => {
		const { clock, api, index, changed, read, keys, look } = companyWith(inA([1], { comments }));
		await look();
		index.noteRead({ VoucherSeries: 'A', VoucherNumber: 2, TransactionDate: DAY, Comments: 'by hand' });
		changed.push(...inA([1, 2], { listed }));
		await look();
		await clock.run(index.readHidden(api, [wanted('N-2')]));
		expect([read(), keys('N-1')]).toEqual([[], ['A1']]);
	});

	it.each(FORMS)('%s are read from a voucher that was just made', async (_, listed) => {
		const { clock, api, index, changed, vouchers, read, keys, look } = companyWith([]);
		await look();
		vouchers.push(...inA([1], { comments }));
		changed.push(...inA([1], { listed }));
		await look();
		await clock.run(index.readHidden(api, [wanted('N-1')]));
		expect([read(), keys('N-1')]).toEqual([['A/1'], ['A1']]);
	});

	it('are not looked for in a voucher that was just posted from here, nor in one with comments by hand', async () => {
		const { clock, api, index, changed, read, look } = companyWith([]);
		await look();
		changed.push(...inA([1], { listed: '' }), ...inA([2], { comments: 'by hand' }));
		await look();
		index.add({ series: 'A', number: 1, year: YEAR, mark: markOf('N-1') });
		await clock.run(index.readHidden(api, [wanted('N-2')]));
		expect(read()).toEqual([]);
	});

	it('are not looked for twice in a voucher that was deleted', async () => {
		const { clock, api, index, vouchers, read, look } = companyWith(inA([1], { listed: NOT_SHOWN }));
		await look();
		vouchers.length = 0;
		for (let times = 0; times < 2; times++) await clock.run(index.readHidden(api, [wanted('N-1')]));
		expect(read()).toEqual(['A/1']);
	});

	it.each<[string, string, string[]]>([
		['comments by hand', 'by hand', []],
		['that there are none', '', ['A/1']],
	])('until it shows %s are not read for an entry of another text', async (_, listed, forSameText) => {
		const { clock, api, index, changed, read, look } = companyWith(inA([1], { listed: NOT_SHOWN }));
		await look();
		changed.push(...inA([1], { listed }));
		await look();
		await clock.run(index.readHidden(api, [wanted('N-1', 'Other')]));
		expect(read()).toEqual([]);
		await clock.run(index.readHidden(api, [wanted('N-1')]));
		expect(read()).toEqual(forSameText);
	});

	it('until a later reading of the whole list shows that there are none are not read', async () => {
		const { clock, api, index, vouchers, read, look } = companyWith(inA([1], { listed: NOT_SHOWN }));
		await look();
		for (const voucher of vouchers) voucher.listed = '';
		index.startAnew();
		await look();
		await clock.run(index.readHidden(api, [wanted('N-1')]));
		expect(read()).toEqual([]);
	});

	it.each([
		['are looked for', 3.5, ['A/1']],
		['are believed to be none', 4.5, []],
	])('of a voucher that was just made %s %d minutes after a third look that shows none six minutes later', async (_, minutes, paths) => {
		const { clock, api, index, changed, vouchers, read, look } = companyWith([]);
		await look();
		vouchers.push(...inA([1]));
		changed.push(...inA([1]));
		await look();
		await clock.pass(6 * MINUTE);
		await look();
		changed.length = 0;
		await clock.pass(minutes * MINUTE);
		// The whole list shows none either.
		index.startAnew();
		await look();
		await clock.run(index.readHidden(api, [wanted('N-1')]));
		expect(read()).toEqual(paths);
	});

	it('are no reason to look at the wanted entries where it shows all', async () => {
		const { clock, api, index, look } = companyWith(inA([1]));
		await look();
		const asked = jest.fn(() => [wanted('N-1')].values());
		await clock.run(index.readHidden(api, { [Symbol.iterator]: asked }));
		expect(asked).not.toHaveBeenCalled();
	});
});
