import { TIMEOUT_MS } from '../../nodes/shared/fortnox/timeouts';
import { readComments } from '../../nodes/shared/ledger/readMark';
import type { FaultRule } from '../../sandbox';
import { moveClock } from '../clock/fixedDate';
import { COMPANY, startWorld, type World } from '../engine/support/world';
import { Hands } from './hands';

interface ChaosOptions {
	entries: number;
	seed: number;
	/** People edit, delete, reverse and insert meanwhile, the machine's clock strays, and a year ends in the middle. */
	hands?: boolean;
	/** Whether Fortnox's limit holds in the sandbox; without it only the node's own limiter slows it down. */
	limit: boolean;
	/** How many entries one run of the workflow posts; absent: all of them. */
	perRun?: number;
}

interface ChaosReport {
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
	/** Whether voucher numbers follow the order of the items; absent where people delete vouchers, which are posted anew at the end. */
	inOrder?: boolean;
	/** Runs that ended without knowing of an entry, and those of them whose error does not say so. */
	unclearEnds: number;
	silentEnds: number;
	/** What hands have done, where there were any. */
	hands?: Hands['done'];
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
	return [...posting.map((rule) => ({ method: 'POST', path: VOUCHERS, ...rule })), ...looking].map((rule, index) => ({
		...rule,
		seed: seed * 1000 + index,
	}));
}

/** Ten minutes before the end of the year; the entries of a run with hands have no date, and so get the day's. */
const BEFORE_MIDNIGHT = Date.parse('2026-12-31T22:59:30Z');

/**
 * Posts entries with numbers through a network and a server that fail in every way the sandbox knows, and runs the
 * workflow again with the same numbers until every entry is confirmed. Then compares with the sandbox's truth.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
	const { entries, seed, limit, hands: withHands = false } = options;
	// A minute's wait for each request that hangs would make this a test of patience.
	const { write } = TIMEOUT_MS;
	TIMEOUT_MS.write = 1500;
	const startedAt = Date.now();
	const startedMonotonic = performance.now();
	const serverTime = (): number => (withHands ? BEFORE_MIDNIGHT : startedAt) + performance.now() - startedMonotonic;
	if (withHands) moveClock(BEFORE_MIDNIGHT);
	const world = await startWorld({
		now: serverTime,
		...(limit && { settings: { limit: { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false } } }),
	});
	try {
		if (withHands) prepare(world);
		const faults = faultsOf(seed).map((rule) => world.sandbox.faults.add(rule));
		const hands = withHands ? new Hands(world, seed, serverTime) : undefined;
		const ends = { runs: 0, unclearEnds: 0, silentEnds: 0 };
		const all = Array.from({ length: entries }, (_, index) => index);
		const { perRun = entries } = options;
		for (let first = 0; first < entries; first += perRun) await postUntilConfirmed(world, options, all.slice(first, first + perRun), ends);
		const struck = faults.reduce((sum, fault) => sum + fault.struck, 0);
		await hands?.rest();
		// What was deleted after the run that confirmed it is posted by one more, which looks for all of them.
		if (hands !== undefined || perRun < entries) await postUntilConfirmed(world, options, all, ends);
		return {
			entries,
			...ends,
			faults: struck + (hands === undefined ? 0 : Object.values(hands.done).reduce((sum, count) => sum + count, 0)),
			requests: world.sandbox.log.length,
			throttled: world.sandbox.log.filter(({ status }) => status === 429).length,
			...truth(world, options),
			...(hands && { hands: hands.done }),
		};
	} finally {
		TIMEOUT_MS.write = write;
		moveClock(startedAt + performance.now() - startedMonotonic);
		await world.close();
	}
}

/** A next year, and more vouchers than one page of the list holds. */
function prepare(world: World): void {
	const company = world.sandbox.company(COMPANY);
	company.setLocked(null);
	if (company.yearOf('2027-01-01') === undefined) company.openYear('2027-01-01', '2027-12-31');
	company.addVouchers(600, { yearId: 4, series: ['A', 'B'], createdAt: Date.parse('2026-11-01T09:00:00Z') });
}

const numberOf = (seed: number, index: number): string => `CHAOS-${seed}-${index}`;

async function postUntilConfirmed(
	world: World,
	{ seed, hands = false }: ChaosOptions,
	indexes: readonly number[],
	ends: Pick<ChaosReport, 'runs' | 'unclearEnds' | 'silentEnds'>,
): Promise<void> {
	const input = indexes.map((index) => ({ number: numberOf(seed, index), amount: (index + 1) / 100 }));
	const most = ends.runs + indexes.length + 20;
	for (;;) {
		const result = await world.run(
			{
				resource: 'journalEntry',
				operation: 'create',
				journalId: 'API',
				date: hands ? '' : '2026-06-01',
				number: '={{ $json.number }}',
				linesSource: 'json',
				linesJson: '={{ [{ account: "1930", debit: $json.amount }, { account: "3004", credit: $json.amount }] }}',
				options: { outcomeTimeout: 4 },
			},
			{ input },
		);
		ends.runs++;
		if (result.status === 'success') return;
		const { message = '', context } = result.error ?? {};
		if (context?.error_code === 'ERROR_POST_OUTCOME_UNKNOWN') {
			ends.unclearEnds++;
			if (!/not known/.test(`${message} ${result.error?.description ?? ''}`)) ends.silentEnds++;
		}
		if (ends.runs > most) throw new Error(`Not confirmed after ${ends.runs} runs: ${message}`);
	}
}

function truth(world: World, { entries, seed, hands = false }: ChaosOptions): Pick<ChaosReport, 'lost' | 'doubled' | 'wrong' | 'inOrder'> {
	const booked = new Map<string, Array<{ voucher: number; amount: number }>>();
	for (const voucher of world.sandbox
		.company(COMPANY)
		.vouchers()
		.filter(({ series }) => series === 'API')) {
		const number = readComments(voucher.comments).mark?.number ?? '';
		booked.set(number, [...(booked.get(number) ?? []), { voucher: voucher.number, amount: voucher.rows[0]?.debit ?? 0 }]);
	}
	const found = Array.from({ length: entries }, (_, index) => booked.get(numberOf(seed, index)) ?? []);
	const order = found.flatMap((vouchers) => vouchers.map(({ voucher }) => voucher));
	return {
		lost: found.filter((vouchers) => vouchers.length === 0).length,
		doubled: found.filter((vouchers) => vouchers.length > 1).length,
		wrong: found.filter((vouchers, index) => vouchers.some(({ amount }) => amount !== index + 1)).length,
		...(!hands && { inOrder: order.every((voucher, index) => index === 0 || voucher > (order[index - 1] ?? 0)) }),
	};
}
