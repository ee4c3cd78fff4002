import { NodeConnectionTypes } from 'n8n-workflow';
import type { IConnections, IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';

import type { EngineInput, EngineResult } from './types';

function isItem(value: IDataObject | INodeExecutionData): value is INodeExecutionData {
	return typeof value.json === 'object' && value.json !== null && !Array.isArray(value.json);
}

export function toItems(input: EngineInput): INodeExecutionData[] {
	return input.map((value) => (isItem(value) ? value : { json: value }));
}

/** Connects nodes one after the other by their first outputs and inputs. */
export function chain(...names: string[]): IConnections {
	const connections: IConnections = {};
	names.slice(1).forEach((to, index) => {
		const from = names[index];
		if (from !== undefined) {
			connections[from] = { main: [[{ node: to, type: NodeConnectionTypes.Main, index: 0 }]] };
		}
	});
	return connections;
}

/** What a run came to. */
export function resultOf(execution: IRun, executionId: string): EngineResult {
	const { runData, error, lastNodeExecuted } = execution.data.resultData;
	const runs = (nodeName = lastNodeExecuted) => (nodeName ? (runData[nodeName] ?? []) : []);
	const items = (nodeName?: string, outputIndex = 0) => runs(nodeName).flatMap((run) => run.data?.main?.[outputIndex] ?? []);
	return {
		status: execution.status,
		error,
		executionId,
		items,
		json: (nodeName, outputIndex) => items(nodeName, outputIndex).map((item) => item.json),
		hints: (nodeName) => runs(nodeName).flatMap((run) => (run.hints ?? []).map((hint) => hint.message)),
		runData,
		execution,
	};
}
