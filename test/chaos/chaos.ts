import { TIMEOUT_MS } from '../../nodes/shared/fortnox/requests';
import { readComments } from '../../nodes/shared/ledger/readMark';
import type { FaultRule } from '../../sandbox';
import { COMPANY, startWorld, type World } from '../engine/support/world';

export interface ChaosOptions {
	entries: number;
	seed: number;
	/** Whether Fortnox's limit holds in the sandbox; without it only the node's own limiter slows it down. */
	limit: boolean;
}

export interface ChaosReport {
	entries: number;
	/** Runs of the workflow until every entry was confirmed. */
	runs: number;
	faults: number;
	requests: number;
	throttled: number;
	/** In the sandbox's truth. */
	lost: number;
	doubled: number;
	wrong: number;
	inOrder: boolean;
}

const VOUCHERS = '^/3/vouchers$';

/** Everything that can go wrong between a client and a ledger, each with its own probability and seed. */
function faultsOf(seed: number): FaultRule[] {
	const posting: FaultRule[] = [
		{ kind: 'dropBeforeCommit', probability: 0.01 },
		{ kind: 'dropAfterCommit', probability: 0.02 },
		{ kind: 'resetAfterCommit', probability: 0.01 },
		{ kind: 'hangAfterCommit', probability: 0.004 },
		{ kind: 'commitLate', ms: 2500, probability: 0.004 },
		{ kind: 'gateway5xx', status: 502, when: 'after', probability: 0.01 },
		{ kind: 'gateway5xx', status: 503, when: 'before', probability: 0.005 },
		{ kind: 'gateway5xx', status: 504, when: 'after', probability: 0.01 },
		{ kind: 'htmlBody', status: 200, probability: 0.01 },
		{ kind: 'noEnvelope', status: 500, probability: 0.005 },
		{ kind: 'tooMany', probability: 0.002 },
		{ kind: 'tooMany', retryAfter: 1, counted: true, probability: 0.002 },
		{ kind: 'tokenDies', probability: 0.004 },
	];
	const looking: FaultRule[] = [
		{ kind: 'omitComments', probability: 0.05 },
		{ kind: 'cutComments', length: 25, probability: 0.05 },
		{ kind: 'delayComments', ms: 2000, probability: 0.2 },
		{ kind: 'delayListing', ms: 2000, probability: 0.2 },
		{ kind: 'gateway5xx', status: 502, method: 'GET', path: VOUCHERS, probability: 0.02 },
	];
	return [
		...posting.map((rule) => ({ method: 'POST', path: VOUCHERS, ...rule })),
		...looking,
	].map((rule, index) => ({ ...rule, seed: seed * 1000 + index }));
}

/**
 * Posts entries with numbers through a network and a server that fail in every way the sandbox knows, and runs the
 * workflow again with the same numbers until every entry is confirmed. Then compares with the sandbox's truth.
 */
export async function runChaos({ entries, seed, limit }: ChaosOptions): Promise<ChaosReport> {
	// A minute's wait for each request that hangs would make this a test of patience.
	const { write } = TIMEOUT_MS;
	TIMEOUT_MS.write = 1500;
	const world = await startWorld(limit ? { settings: { limit: { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false } } } : {});
	try {
		const faults = faultsOf(seed).map((rule) => world.sandbox.faults.add(rule));
		const runs = await postUntilConfirmed(world, entries, seed);
		return {
			entries,
			runs,
			faults: faults.reduce((sum, { struck }) => sum + struck, 0),
			requests: world.sandbox.log.length,
			throttled: world.sandbox.log.filter(({ status }) => status === 429).length,
			...truth(world, entries, seed),
		};
	} finally {
		TIMEOUT_MS.write = write;
		await world.close();
	}
}

const numberOf = (seed: number, index: number): string => `CHAOS-${seed}-${index}`;

async function postUntilConfirmed(world: World, entries: number, seed: number): Promise<number> {
	const input = Array.from({ length: entries }, (_, index) => ({ number: numberOf(seed, index), amount: (index + 1) / 100 }));
	for (let run = 1; ; run++) {
		const result = await world.run(
			{
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'API',
				date: '2026-06-01',
				number: '={{ $json.number }}',
				linesSource: 'json',
				linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: $json.amount }] }}',
				options: { outcomeTimeout: 4 },
			},
			{ input },
		);
		if (result.status === 'success') return run;
		if (run > entries + 20) throw new Error(`Not confirmed after ${run} runs: ${result.error?.message ?? ''}`);
	}
}

function truth(world: World, entries: number, seed: number): Pick<ChaosReport, 'lost' | 'doubled' | 'wrong' | 'inOrder'> {
	const booked = new Map<string, Array<{ voucher: number; amount: number }>>();
	for (const voucher of world.sandbox.company(COMPANY).year(4).vouchersOf('API')) {
		const number = readComments(voucher.comments).mark?.number ?? '';
		booked.set(number, [...(booked.get(number) ?? []), { voucher: voucher.number, amount: voucher.rows[0]?.debit ?? 0 }]);
	}
	const found = Array.from({ length: entries }, (_, index) => booked.get(numberOf(seed, index)) ?? []);
	const order = found.flatMap((vouchers) => vouchers.map(({ voucher }) => voucher));
	return {
		lost: found.filter((vouchers) => vouchers.length === 0).length,
		doubled: found.filter((vouchers) => vouchers.length > 1).length,
		wrong: found.filter((vouchers, index) => vouchers.some(({ amount }) => amount !== index + 1)).length,
		inOrder: order.every((voucher, index) => index === 0 || voucher > (order[index - 1] ?? 0)),
	};
}
