import { TriggerContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, INodeType, IWorkflowExecuteAdditionalData, Workflow } from 'n8n-workflow';

/** A trigger of an active workflow. */
export interface ActiveTrigger {
	/** Items in the order in which they were handed on, whatever execution they went to. */
	items: IDataObject[];
	/** Errors with which the trigger gave up: n8n would deactivate the workflow, and activate it again later. */
	errors: Error[];
	/** The static data as n8n would have stored it last: when something was handed on, or at the activation. */
	stored(): IDataObject;
	deactivate(): Promise<void>;
}

interface TriggerParts {
	nodeType: INodeType;
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	staticData: IDataObject;
}

/** Activates a trigger node as n8n does: throws what the activation would show. */
export async function activate({ nodeType, workflow, node, additionalData, staticData }: TriggerParts): Promise<ActiveTrigger> {
	if (!nodeType.trigger) throw new Error(`${node.type} is no trigger`);
	const items: IDataObject[] = [];
	const errors: Error[] = [];
	const kept = workflow.getStaticData('node', node);
	Object.assign(kept, structuredClone(staticData));
	let stored = JSON.stringify(kept);
	const emit = (data: INodeExecutionData[][]): void => {
		stored = JSON.stringify(kept);
		items.push(...data.flat().map(({ json }) => json));
	};
	const context = new TriggerContext(workflow, node, additionalData, 'trigger', 'activate', emit, (error) => errors.push(error));
	const response = await nodeType.trigger.call(context);
	stored = JSON.stringify(kept);
	return {
		items,
		errors,
		stored: () => JSON.parse(stored) as IDataObject,
		deactivate: async () => await response?.closeFunction?.(),
	};
}
