/** One report in a process of its own, so that nothing is cached: either timed, or stopped to look at what is alive. */
import type { IExecuteFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import { ACCOUNTING_NODE, createEngine, fortnoxCredential } from '../../engine';
import type { FortnoxAccounting as Accounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { liveMb } from '../liveMb';
import type { ReporterFigures, ReporterTask } from './task';

type AccountingClass = typeof Accounting;

async function main(task: ReporterTask): Promise<ReporterFigures> {
	const { FortnoxAccounting } = (await import(task.node)) as { FortnoxAccounting: AccountingClass };
	if (task.isMeasured) return { seconds: 0, cpuSeconds: 0, items: 0, heldMb: await measureHeld(task, FortnoxAccounting) };
	const started = performance.now();
	const cpu = process.cpuUsage();
	const items = await report(task, FortnoxAccounting);
	const { user, system } = process.cpuUsage(cpu);
	const seconds = (performance.now() - started) / 1000;
	return { seconds, cpuSeconds: (user + system) / 1_000_000, heldMb: 0, items };
}

async function measureHeld(task: ReporterTask, FortnoxAccounting: AccountingClass): Promise<number> {
	let held = 0;
	const before = liveMb();
	class Measured extends FortnoxAccounting {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const httpRequest = this.helpers.httpRequest.bind(this.helpers);
			const sending = async (options: IHttpRequestOptions): Promise<unknown> => {
				held = Math.max(held, liveMb() - before);
				const answer: unknown = await httpRequest(options);
				held = Math.max(held, liveMb() - before);
				return answer;
			};
			Object.assign(this.helpers, { httpRequest: sending });
			return await FortnoxAccounting.prototype.execute.call(this);
		}
	}
	await report(task, Measured);
	return held;
}

async function report(task: ReporterTask, node: AccountingClass): Promise<number> {
	const engine = createEngine({ nodeTypes: { [ACCOUNTING_NODE]: node }, credentials: { fortnox: fortnoxCredential(task) } });
	const result = await engine.runNode({ parameters: task.parameters });
	if (result.error) throw new Error(result.error.message);
	return result.items().length;
}

process.once('message', (task: ReporterTask) => {
	void main(task).then(
		(figures) => process.send?.(figures, () => process.exit(0)),
		(error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
			process.exit(1);
		},
	);
});
