import { Session, type Profiler } from 'node:inspector/promises';

import { SAMPLING_INTERVAL_US, sumOfSelfTime } from './profile';
import { COMPANY, countVouchers, startWorld, type World } from '../test/engine/support/world';

/** The company has this many vouchers in the year before anything is posted. */
const VOUCHERS_BEFORE = 20_000;

const LIMIT = { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false };

/** Physical optimum for N requests at Fortnox's limit, in ms. */
const optimum = (requests: number): number => Math.floor((requests - 1) / LIMIT.requests) * LIMIT.windowMs;

let posted = 0;

/** Posts entries in one run of the node, and counts what it took. */
async function postEntries(world: World, entries: number): Promise<{ requests: number; throttled: number; ms: number; posts: number }> {
	world.forget();
	const started = performance.now();
	const result = await world.run(
		{
			resource: 'journalEntry',
			operation: 'create',
			journalId: 'A',
			date: '2026-06-01',
			number: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: $json.amount }] }}',
		},
		{ input: Array.from({ length: entries }, () => ({ number: `BENCH-${++posted}`, amount: posted })) },
	);
	if (result.status !== 'success') throw new Error(result.error?.message ?? result.status);
	const log = world.requests();
	return {
		requests: log.length,
		posts: log.filter(({ method }) => method === 'POST').length,
		throttled: log.filter(({ status }) => status === 429).length,
		ms: performance.now() - started,
	};
}

/** The plain way: one request per entry in a loop, as an HTTP Request node without batching sends them. */
async function postPlainly(world: World, entries: number): Promise<{ throttled: number; lost: number; ms: number }> {
	const { access_token } = world.sandbox.issueTokens({ tenantId: COMPANY });
	const before = countVouchers(world.sandbox);
	const started = performance.now();
	let throttled = 0;
	for (let entry = 0; entry < entries; entry++) {
		const { status } = await fetch(`${world.sandbox.url}/3/vouchers?financialyear=4`, {
			method: 'POST',
			headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
			body: JSON.stringify({
				Voucher: {
					VoucherSeries: 'A',
					TransactionDate: '2026-06-01',
					Description: 'Plain',
					VoucherRows: [
						{ Account: 1930, Debit: 1 },
						{ Account: 3004, Credit: 1 },
					],
				},
			}),
		});
		if (status === 429) throttled++;
	}
	return { throttled, lost: entries - (countVouchers(world.sandbox) - before), ms: performance.now() - started };
}

/** CPU time that the package's own code takes while `work` runs, in ms, as the profiler samples it. */
async function ownCpu(work: () => Promise<unknown>): Promise<number> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
	await session.post('Profiler.start');
	await work();
	const { profile }: { profile: Profiler.Profile } = await session.post('Profiler.stop');
	session.disconnect();
	return sumOfSelfTime(profile, (url) => /\/nodes\/(FortnoxAccounting|shared)\//.test(url));
}

export async function run(print: (figure: object) => void): Promise<void> {
	const world = await startWorld({ settings: { limit: LIMIT } });
	try {
		world.sandbox.company(COMPANY).addVouchers(VOUCHERS_BEFORE, { yearId: 4 });
		world.reconnect();
		const cold = await postEntries(world, 1);
		print({ bench: 'post', entries: 1, state: 'cold', vouchersBefore: VOUCHERS_BEFORE, requests: cold.requests });
		const warm = await postEntries(world, 1);
		print({ bench: 'post', entries: 1, state: 'warm', requests: warm.requests, atMost: 8 });
		for (const entries of [100, 1000]) {
			let figures = { requests: 0, posts: 0, throttled: 0, ms: 0 };
			const cpu = await ownCpu(async () => {
				figures = await postEntries(world, entries);
			});
			print({
				bench: 'post',
				entries,
				state: 'warm',
				requests: figures.requests,
				requestsPerEntry: round(figures.requests / entries),
				...(entries === 1000 && { atMost: 1.01 }),
				throttled: figures.throttled,
				seconds: round(figures.ms / 1000),
				timeToOptimum: round(figures.ms / optimum(figures.requests)),
				ownCpuMsPerEntry: round(cpu / entries),
			});
		}
		await new Promise((resolve) => setTimeout(resolve, LIMIT.windowMs));
		const plain = await postPlainly(world, 1000);
		print({
			bench: 'post',
			way: 'plain loop',
			entries: 1000,
			throttled: plain.throttled,
			lost: plain.lost,
			seconds: round(plain.ms / 1000),
		});
	} finally {
		await world.close();
	}
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
