import type { IDataObject } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER } from '../../../engine';
import type { FaultRule, SandboxVoucher, SandboxYear } from '../../../sandbox';
import { currentYear, startWorld, type World } from '../support/world';

const OWN_404 = { ErrorInformation: { Error: 1, Message: 'Kan inte hitta verifikatet.', Code: 2999404 } };

/** Fortnox's clock: stands still until a test moves it. */
let now: number;
let world: World;
let year: SandboxYear;
let kept: string;

beforeEach(async () => {
	now = Date.parse(`${new Date().toISOString().slice(0, 10)}T10:00:20Z`);
	world = await startWorld({ now: () => now, settings: { accessTokenSeconds: 10 * 365 * 86_400 } });
	year = currentYear(world);
	kept = '{}';
});
afterEach(async () => await world.close());

function post(debit = 12_500): SandboxVoucher {
	const rows = [
		{ account: 6110, debit },
		{ account: 1930, credit: debit },
	];
	return world.sandbox.company().addVoucher({ date: year.fromDate, description: 'Pennor', rows });
}

async function poll(triggerOn: string): Promise<unknown[]> {
	const staticData = JSON.parse(kept) as IDataObject;
	try {
		const output = await world.engine.poll(ACCOUNTING_TRIGGER, { triggerOn }, { staticData, id: 'trigger' });
		return (output ?? []).flat().map(({ json }) => [json.name, json.change, (json.items as IDataObject[])[0]?.debit]);
	} finally {
		kept = JSON.stringify(staticData);
	}
}

const pathOf = ({ series, number }: SandboxVoucher): string => `^/3/vouchers/${series}/${number}$`;
const notThere = (voucher: SandboxVoucher): FaultRule => ({
	kind: 'otherAnswer',
	when: 'before',
	method: 'GET',
	path: pathOf(voucher),
	status: 404,
	body: OWN_404,
});
const reported = ({ series, number }: SandboxVoucher, debit = 125): unknown[] => [`${series} ${number}`, 'new', debit];

describe.each(['newEntry', 'newOrChangedEntry'])('%s: an entry that the list shows', (triggerOn) => {
	/** Moves on by more than the minutes that `newOrChangedEntry` waits for. */
	const look = async (): Promise<unknown[]> => {
		now += 2 * 60_000;
		return await poll(triggerOn);
	};

	it('and that its own request says once is not there comes all the same', async () => {
		await look();
		const voucher = post();
		world.sandbox.faults.add({ ...notThere(voucher), times: 1 });
		expect(await look()).toEqual([reported(voucher)]);
		expect(await look()).toEqual([]);
	});

	it('and that its own request says again and again is not there fails the look, and comes once the two agree', async () => {
		await look();
		const voucher = post();
		const fault = world.sandbox.faults.add(notThere(voucher));
		await expect(look()).rejects.toMatchObject({ context: { error_code: 'ERROR_FORTNOX_UNAVAILABLE' } });
		fault.remove();
		expect(await look()).toEqual([reported(voucher)]);
		expect(await look()).toEqual([]);
	});

	it('and that is deleted before it is read does not come, and the one that takes over its number is new', async () => {
		await look();
		const voucher = post();
		world.forget();
		world.sandbox.faults.add({ kind: 'latency', ms: 500, method: 'GET', path: pathOf(voucher), times: 1 });
		const looking = look();
		const isOnItsWay = () => world.sandbox.faults.handles.some(({ struck }) => struck > 0);
		while (!isOnItsWay()) await new Promise((resolve) => setTimeout(resolve, 5));
		year.unbook(voucher);
		expect(await looking).toEqual([]);
		const other = post(25_000);
		expect(other.number).toBe(voucher.number);
		expect(await look()).toEqual([reported(other, 250)]);
		expect(await look()).toEqual([]);
	});
});
