import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { watchLoop, type Blocks } from './watch';

/** Lets a number of callers through once all have come, and does something before the first of them goes on. */
class Gate {
	private come = 0;

	private open?: () => void;

	private readonly opened = new Promise<void>((resolve) => {
		this.open = resolve;
	});

	constructor(
		private readonly wanted: number,
		private readonly before: () => Promise<void> | void,
	) {}

	async pass(): Promise<void> {
		if (++this.come === this.wanted) {
			await this.before();
			this.open?.();
		}
		await this.opened;
	}
}

/**
 * The node, watched while `executions` of it work at the same time. What n8n itself computes before and after an execution
 * is not the node's: all begin together, and none ends before the others.
 */
export function watchedNode(executions: number): { node: typeof FortnoxAccounting; blocks: () => Blocks } {
	let stop: ReturnType<typeof watchLoop> | undefined;
	let blocks: Blocks | undefined;
	const begin = new Gate(executions, () => {
		stop = watchLoop();
	});
	const end = new Gate(executions, async () => {
		blocks = await stop?.();
	});
	const node = class extends FortnoxAccounting {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			await begin.pass();
			try {
				return await FortnoxAccounting.prototype.execute.call(this);
			} finally {
				await end.pass();
			}
		}
	};
	return {
		node,
		blocks: () => {
			if (blocks === undefined) throw new Error('The node was not run');
			return blocks;
		},
	};
}
