import { MarkIndex, type Days } from '../../../nodes/shared/books/marks/markIndex';
import type { FortnoxVoucherListItem } from '../../../nodes/shared/fortnox/wire';
import { digestOf, keyOfNumber, writeComments, type Mark } from '../../../nodes/shared/ledger/mark';
import { answer, client, FakeClock } from '../fortnox/support';

export const YEAR = 3;
export const DAY = '2026-03-01';
export const MINUTE = 60_000;

export const markOf = (number: string, facts: Partial<Mark> = {}): Mark => ({
	key: keyOfNumber(number),
	digest: digestOf('1', { number }),
	number,
	...facts,
});
export const commentsOf = (number: string, facts: Partial<Mark> = {}): string => writeComments(markOf(number, facts), undefined);
export const wanted = (number: string, description = 'Rent') => ({ key: keyOfNumber(number), date: DAY, description });

/** A list without the field. */
export const NOT_SHOWN = 'not shown';

export interface Booked {
	series: string;
	number: number;
	comments: string;
	/** What the list shows in place of the comments. */
	listed?: string | null;
	description?: string;
}

/** Vouchers of series A, with comments that the list shows. */
export const inA = (numbers: readonly number[], facts: Partial<Booked> = {}): Booked[] =>
	numbers.map((number) => ({ series: 'A', number, comments: '', ...facts }));

const item = ({ series, number, comments, description = 'Rent' }: Booked): Partial<FortnoxVoucherListItem> => ({
	VoucherSeries: series,
	VoucherNumber: number,
	Year: YEAR,
	TransactionDate: DAY,
	Description: description,
	Comments: comments,
});

const asListed = (voucher: Booked): Partial<FortnoxVoucherListItem> =>
	voucher.listed === undefined ? item(voucher) : { ...item(voucher), Comments: voucher.listed === NOT_SHOWN ? undefined : voucher.listed };

/** A company whose vouchers a list shows, with an index of their marks. The process's own time is that of the clock, too. */
export function companyWith(vouchers: Booked[], next: Record<string, number> = {}, days?: Days) {
	const clock = new FakeClock();
	jest.spyOn(performance, 'now').mockImplementation(() => clock.now);
	const changed: Booked[] = [];
	const network = { latency: 50, status: 200 };
	const { api, sent } = client(clock, async ({ url }) => {
		await clock.sleep(network.latency);
		if (network.status !== 200) return answer(network.status, { ErrorInformation: { Error: 1, Message: 'Nej.', Code: 2000000 } });
		const { pathname, searchParams } = new URL(url);
		const [, kind, series, number] = pathname.split('/').slice(1);
		if (kind === 'voucherseries' && next[series ?? ''] !== undefined)
			return answer(200, { VoucherSeries: { Code: series, NextVoucherNumber: next[series ?? ''] } });
		const single = vouchers.find((voucher) => voucher.series === series && voucher.number === Number(number));
		if (series !== undefined && single === undefined)
			return answer(404, { ErrorInformation: { Error: 1, Message: 'Kan inte hitta verifikatet.', Code: 2000999 } });
		if (single !== undefined) return answer(200, { Voucher: item(single) });
		const shown = (searchParams.has('lastmodified') ? changed : vouchers).map(asListed);
		return answer(200, { MetaInformation: { '@TotalResources': shown.length, '@TotalPages': 1, '@CurrentPage': 1 }, Vouchers: shown });
	});
	const index = new MarkIndex(YEAR, days);
	/** The vouchers that were read by themselves. */
	const read = () => sent.map(({ url }) => /\/vouchers\/(\w+\/\d+)/.exec(url)?.[1]).filter((path) => path !== undefined);
	/** The lists that were asked for: all vouchers, or those that changed since a time. */
	const lists = () =>
		sent
			.map(({ url }) => new URL(url))
			.filter(({ pathname }) => pathname.endsWith('/vouchers'))
			.map(({ searchParams }) => searchParams.get('lastmodified') ?? 'all');
	const keys = (...numbers: string[]) =>
		numbers.map((number) =>
			index
				.withKey(keyOfNumber(number))
				.map((found) => `${found.series}${found.number}`)
				.join(),
		);
	const look = async () => await clock.run(index.advance(api));
	return { clock, network, api, sent, index, changed, vouchers, read, lists, keys, look };
}
