import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import type { RequestLogEntry, Sandbox } from '../../../sandbox';
import { stockholmDate } from '../../../sandbox/company/clock';
import { connectedCredential, fortnox, locator, sandboxFor, tenantId, type Credential } from '../fortnox';
import { itemsOf, type Execution, type N8n } from '../n8n';
import type { Worker } from '../n8nProcess';
import { pause, waitFor } from '../process';
import { startRedis } from '../redis';
import type { Scenario } from '../scenario';
import { builtIn, workflow } from '../workflow';

const EXECUTIONS = 40;
const ENTRIES = 20;
/** Fortnox's limit, requests per second. */
const LIMIT = 5;

/** A worker's silence is noticed after seconds in place of a minute: its lock ends, and another worker looks. */
const impatience = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};
const SILENCE_NOTICED_MS = 25_000;

/** A workflow that posts the entries `<batch>-<n>` of the batch it is called with, answered before it runs. */
async function postingWorkflow(n8n: N8n, credential: Credential): Promise<{ id: string; url: string }> {
	const path = 'post-entries';
	const body = [
		{ account: '1930', debit: 100, credit: 0 },
		{ account: '3001', debit: 0, credit: 100 },
	];
	const steps = [
		{ ...builtIn('Webhook', 'webhook', 2, { path, httpMethod: 'POST', responseMode: 'onReceived' }), webhookId: path },
		builtIn('Code', 'code', 2, {
			jsCode: `const { batch } = $input.first().json.body;
return Array.from({ length: ${ENTRIES} }, (_, n) => ({ json: { number: batch + '-' + n } }));`,
		}),
		fortnox('Post', credential, 'journalEntry', 'create', {
			journalId: locator('code', 'A'),
			date: stockholmDate(Date.now()),
			number: '={{ $json.number }}',
			description: '={{ $json.number }}',
			linesSource: 'json',
			linesJson: JSON.stringify(body),
		}),
	];
	const id = await n8n.createWorkflow(workflow('Post entries', steps));
	await n8n.activate(id);
	return { id, url: `${n8n.url}/webhook/${path}` };
}

/** Calls the webhook, which is registered a moment after the workflow is activated. */
async function call(url: string, batch: string): Promise<void> {
	await waitFor(`${url} to answer`, async () => {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ batch }),
		});
		return answer.ok;
	});
}

async function allFinished(n8n: N8n, workflowId: string, count: number, ms: number): Promise<Execution[]> {
	return await waitFor(
		`${count} executions`,
		async () => (await n8n.countFinished(workflowId)) >= count && (await n8n.executions(workflowId)),
		{ ms, every: 2000 },
	);
}

/** Executions that a worker has begun and not ended, by its log. */
async function executionsUnderWay({ log }: Worker): Promise<number> {
	const text = await readFile(log, 'utf8');
	return text.split('Worker started execution').length - text.split('Worker finished execution').length;
}

/** How often each number stands in the books, by the voucher's text. */
function booked(sandbox: Sandbox, batch: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { description } of sandbox.company(tenantId).vouchers()) {
		if (description.startsWith(batch)) counts.set(description, (counts.get(description) ?? 0) + 1);
	}
	return counts;
}

/**
 * n8n's processes share one SQLite file here, which it does not recommend: rarely one of them finds it locked, and n8n
 * ends the execution. Whoever sent the entries sends them again.
 */
async function isLockedOut(executionId: string, workers: readonly Worker[]): Promise<boolean> {
	const logs = await Promise.all(workers.map(async ({ log }) => await readFile(log, 'utf8')));
	return logs.some((log) => log.includes(`SQLITE_BUSY: database is locked (execution ${executionId})`));
}

function assertEachOnce(sandbox: Sandbox, prefix: string, batches: number): void {
	const counts = booked(sandbox, prefix);
	assert.equal(counts.size, batches * ENTRIES, 'every entry is booked');
	const twice = [...counts].filter(([, count]) => count > 1);
	assert.deepEqual(twice, [], 'none is booked twice');
}

/** Of the requests from the first to the last: the share of 429s after 10 s, and the answered ones per second. */
function rates(entries: RequestLogEntry[]): { refused: number; perSecond: number; seconds: number } {
	const api = entries.filter(({ path }) => path.startsWith('/3/'));
	const first = api[0]?.at ?? 0;
	const last = api.at(-1)?.at ?? 0;
	const settled = api.filter(({ at }) => at > first + 10_000);
	const refused = settled.filter(({ status }) => status === 429).length / Math.max(1, settled.length);
	const seconds = (last - first) / 1000;
	return { refused, perSecond: api.filter(({ status }) => status !== 429).length / seconds, seconds };
}

export const queue: Scenario = {
	name: 'queue',
	proves: `${EXECUTIONS} executions × ${ENTRIES} entries on two workers are booked exactly once, one worker killed or not`,
	lines: [2, 1],
	async run(context) {
		const { note } = context;
		const sandbox = await sandboxFor(context);
		const redis = await startRedis();
		context.onEnd(async () => await redis.stop());
		const n8n = await context.startN8n({ redisPort: redis.port, env: impatience });
		// The token lives for an hour: refreshing is not what is measured.
		const [w1, w2] = await Promise.all([n8n.startWorker('w1', EXECUTIONS), n8n.startWorker('w2', EXECUTIONS)]);
		const { id, url } = await postingWorkflow(n8n, await connectedCredential(n8n, sandbox));
		await call(url, 'warm');
		await allFinished(n8n, id, 1, 60_000);

		sandbox.log.length = 0;
		await Promise.all(Array.from({ length: EXECUTIONS }, async (_, n) => await call(url, `even-${n}`)));
		const executions = await allFinished(n8n, id, 1 + EXECUTIONS, 600_000);
		const failed = executions.filter(({ status }) => status !== 'success');
		for (const execution of failed) {
			assert.ok(await isLockedOut(execution.id, [w1, w2]), `execution ${execution.id} ended as ${execution.status}`);
		}
		const { refused, perSecond, seconds } = rates(sandbox.log);
		note(
			`${EXECUTIONS * ENTRIES} entries in ${seconds.toFixed(0)} s: ${(perSecond / LIMIT).toFixed(2)} of the limit, ` +
				`${(refused * 100).toFixed(1)} % refused after the first 10 s`,
		);
		assert.ok(refused <= 0.03, `${refused} of the requests after 10 s were refused`);
		assert.ok(perSecond / LIMIT >= 0.85, `${perSecond} requests per second`);

		const batches = Array.from({ length: EXECUTIONS }, (_, n) => `even-${n}`);
		const missing = batches.filter((batch) => booked(sandbox, `${batch}-`).size < ENTRIES);
		await Promise.all(missing.map(async (batch) => await call(url, batch)));
		const ran = 1 + EXECUTIONS + missing.length;
		await allFinished(n8n, id, ran, 120_000);
		assertEachOnce(sandbox, 'even-', EXECUTIONS);
		if (failed.length > 0) note(`${failed.length} executions found n8n's database locked; their entries were sent again`);

		const some = 10;
		const before = sandbox.company(tenantId).vouchers().length;
		await Promise.all(Array.from({ length: some }, async (_, n) => await call(url, `killed-${n}`)));
		await waitFor('half of the entries', async () => sandbox.company(tenantId).vouchers().length >= before + (some * ENTRIES) / 2, {
			ms: 120_000,
		});
		// The machine of main and of the busier worker fails. n8n 2 has the worker's executions as crashed when main is
		// back, n8n 1 gives them to the other worker.
		const underWay = [await executionsUnderWay(w1), await executionsUnderWay(w2)] as const;
		const doomed = underWay[0] > underWay[1] ? w1 : w2;
		const whileStopped = async () => {
			await doomed.kill();
			await pause(SILENCE_NOTICED_MS);
		};
		await n8n.restart({ whileStopped });
		const ended = (await allFinished(n8n, id, ran + some, 300_000)).slice(-some);
		const crashed = ended.filter(({ status }) => status !== 'success');
		assert.ok(Math.max(...underWay) > 0, 'the killed worker had executions');
		for (const execution of crashed) {
			const retried = await n8n.finished(await n8n.retry(execution.id), 300_000);
			assert.equal(itemsOf(retried, 'Post').length, ENTRIES, `entries of the retry of execution ${execution.id}`);
		}
		assertEachOnce(sandbox, 'killed-', some);
		note(
			`a worker with ${Math.max(...underWay)} of ${some} executions was killed in the middle of ${some * ENTRIES} entries; ` +
				`${crashed.length} were retried in n8n: each entry is booked once`,
		);
	},
};
