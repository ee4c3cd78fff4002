import { hash, writeMark } from '../nodes/shared/ledger/mark';
import { mapSideBySide } from '../nodes/shared/turns';
import { startSandbox, type Sandbox } from '../sandbox';
import { inProcess } from './bounds/child';
import { HOSTILE_ANSWERS, startHostile } from './bounds/hostile';
import { OLD_PARTS, type OldFigures } from './bounds/old';
import {
	LARGE_WORKS,
	LONGEST_PIECE_MS,
	MOST_MEMORY_MB,
	WORKS,
	WORKS_BEFORE,
	type BoundsFigures,
	type BoundsTask,
	type MemoryFigures,
} from './bounds/task';

const TENANT = 1003;
const OTHER_TENANT = 1001;
const YEAR = 7;
const VOUCHERS = 100_000;

/** Processes whose memory is looked at at the same time. */
const AT_ONCE = 3;

type Print = (figure: object) => void;
type Measure = <Figures>(task: Pick<BoundsTask, 'work' | 'measures'> & Partial<BoundsTask>, first?: string[]) => Promise<Figures>;

/**
 * What the node does to the n8n process that hosts it: the longest time in which no other workflow has its turn, and what
 * 100,000 vouchers hold in memory beside the output; each with its bound, and whether it holds. Each work runs in a process
 * of its own; sandbox and hostile servers are this one.
 */
export async function run(print: Print): Promise<void> {
	const sandbox = await startSandbox({ settings: { limit: 'off' } });
	addPostedVouchers(sandbox);
	const broken: string[] = [];
	const judge = (figure: { promise: string; value: number; bound: number; of: string }): void => {
		const holds = figure.value <= figure.bound;
		if (!holds) broken.push(`${figure.of}: ${figure.promise} is ${figure.value}, and ${figure.bound} is promised`);
		print({ bench: 'bounds', ...figure, holds });
	};
	const measure = measureAt(sandbox);
	for (const work of WORKS) {
		const { longestBlock: value, ...more } = await measure<BoundsFigures>({ work, measures: 'blocks' });
		const before = WORKS_BEFORE.includes(work)
			? (await measure<BoundsFigures>({ work, measures: 'blocks' }, ['withoutPauses.ts'])).longestBlock
			: undefined;
		judge({ promise: 'longest piece, ms', of: work, value, bound: LONGEST_PIECE_MS, ...(before !== undefined && { before }), ...more });
	}
	// Side by side: memory is no matter of time.
	await mapSideBySide(LARGE_WORKS, AT_ONCE, async (work) => {
		const { besideOutputMb: value, ...more } = await measure<MemoryFigures>({ work, measures: 'memory' });
		judge({ promise: 'memory beside the output, MB', of: work, value, bound: MOST_MEMORY_MB, ...more });
	});
	for (const answer of HOSTILE_ANSWERS) {
		const server = await startHostile(answer);
		const { longestBlock: value, ...more } = await measure<BoundsFigures>({ work: 'read accounts', measures: 'blocks', url: server.url });
		await server.close();
		judge({ promise: 'longest piece, ms', of: answer, value, bound: LONGEST_PIECE_MS, ...more });
	}
	for (const before of OLD_PARTS) print({ bench: 'bounds', before, ...(await inProcess<OldFigures>('old.ts', before)) });
	await sandbox.close();
	print({ bench: 'bounds', holds: broken.length === 0, broken });
	if (broken.length > 0) process.exitCode = 1;
}

/** A year whose vouchers the node has posted all: it knows each of them by its mark. */
function addPostedVouchers(sandbox: Sandbox): void {
	const company = sandbox.company(TENANT);
	company.addVouchers(VOUCHERS, { yearId: YEAR, seed: 42 });
	for (const voucher of company.year(YEAR).vouchers()) {
		const name = `${voucher.series} ${voucher.number}`;
		voucher.comments = writeMark({ key: hash(name, 24), digest: `1.${hash(`what ${name} books`, 24)}`, number: name });
	}
}

function measureAt(sandbox: Sandbox): Measure {
	const [client] = sandbox.clients;
	if (client === undefined) throw new Error('The sandbox has no client');
	return async <Figures>(task: Pick<BoundsTask, 'work' | 'measures'> & Partial<BoundsTask>, first: string[] = []): Promise<Figures> => {
		const tenants = task.work.includes('two companies') ? [TENANT, OTHER_TENANT] : [TENANT];
		const whole: BoundsTask = {
			url: sandbox.url,
			clientId: client.id,
			clientSecret: client.secret,
			tokens: tenants.map((tenantId) => sandbox.issueTokens({ tenantId })),
			...task,
		};
		return await inProcess<Figures>('worker.ts', whole, ['fastLimit.ts', ...first]);
	};
}
