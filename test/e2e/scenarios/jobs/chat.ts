import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import { startFakeModel, type FakeModel, type Script } from '../../fakeModel';
import { AGENT } from '../examples/imported';
import type { Desk } from './setting';

/** A workflow of n8n's own nodes: a chat, an agent and a stand-in for its model. Returns its id. */
export async function withChat({ context, n8n }: Desk, script: Script): Promise<{ id: string; model: FakeModel }> {
	const model = await startFakeModel(script);
	context.onEnd(async () => await model.close());
	const credential = { id: await n8n.createCredential('Model', 'openAiApi', { apiKey: 'none', url: model.url }), name: 'Model' };
	const node = (name: string, type: string, typeVersion: number, more: Partial<INode>): INode => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: { options: {} },
		...more,
	});
	const to = (type: string) => ({ [type]: [[{ node: 'AI Agent', type: type as 'main', index: 0 }]] });
	const parameters = { model: { __rl: true, mode: 'id', value: 'fake' }, options: {} };
	const id = await n8n.createWorkflow({
		name: 'Agent',
		nodes: [
			node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', 1.1, { webhookId: randomUUID() }),
			node('AI Agent', AGENT, 3.1, { position: [300, 0] }),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, {
				position: [200, 250],
				parameters,
				credentials: { openAiApi: credential },
			}),
		],
		connections: { Chat: to('main'), Model: to('ai_languageModel') },
		settings: { executionOrder: 'v1' },
	});
	return { id, model };
}
