import { ACCOUNTING_NODE, type EngineResult } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { connectThrough } from '../support/connectThrough';
import { entry } from '../support/entry';
import { startStrikingProxy, type StrikingProxy } from '../support/strikingProxy';
import { countVouchers } from '../support/world';

let sandbox: Sandbox;
let proxy: StrikingProxy;
let entries = 0;

beforeEach(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
	proxy = await startStrikingProxy(sandbox.url);
});
afterEach(async () => {
	await proxy.close();
	await sandbox.close();
});

/** Posts an entry; the first request that the path is of gets the answer. */
async function postWhere(
	isStruck: RegExp,
	{ status, retryAfter }: { status: number; retryAfter: string },
	options = {},
): Promise<EngineResult> {
	let isStriking = true;
	proxy.strike((request, response) => {
		if (!isStriking || !isStruck.test(`${request.method ?? ''} ${request.url ?? ''}`)) return false;
		isStriking = false;
		response.writeHead(status, { 'retry-after': retryAfter }).end();
		return true;
	});
	const { engine } = connectThrough(proxy.url, sandbox, { [ACCOUNTING_NODE]: FortnoxAccounting });
	return await engine.runNode({ parameters: entry({ number: `R-${++entries}`, options }) });
}

const POSTING = /^POST .*\/3\/vouchers/;
const READING = /^GET .*\/3\/accounts/;

/** Each would be a wait without end if it were believed. Two minutes are waited at most, and said. */
const HUGE = ['1000000000', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT', 'Sat, 13 Sep 275760 00:00:00 GMT'];

/** None of these is a time to wait for. */
const NONSENSE = ['-5', '-1000000000', 'soon', '1e400', 'NaN', 'Infinity', '0x7fffffff', 'Thu, 01 Jan 1970 00:00:00 GMT', ' '];

describe.each([
	['429 to the entry', POSTING, 429],
	['429 to a reading', READING, 429],
	['503 to a reading', READING, 503],
])('a %s', (_, path, status) => {
	test.each([...HUGE, ...NONSENSE])(
		'with Retry-After "%s" comes to an end, and the entry is posted once',
		async (retryAfter) => {
			const before = countVouchers(sandbox);
			const result = await postWhere(path, { status, retryAfter });
			expect(result.error?.message).toBeUndefined();
			expect(result.json()).toMatchObject([{ posted: true }]);
			expect(countVouchers(sandbox)).toBe(before + 1);
		},
		30_000,
	);

	test('that asks for more than Max Wait is an error that says so, and nothing is posted', async () => {
		const before = countVouchers(sandbox);
		const { error } = await postWhere(path, { status, retryAfter: '1000000000' }, { maxWait: 20 });
		expect(error?.message).toMatch(/wait|Try again later/i);
		expect(countVouchers(sandbox)).toBe(before);
	});
});
