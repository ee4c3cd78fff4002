import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string } }>;
	stream?: boolean;
}

export interface FakeModel {
	/** Base URL for n8n's credential `openAiApi`. */
	url: string;
	/** Names of the tools that the last request offered. */
	toolsOffered(): string[];
	close(): Promise<void>;
}

function toolCall({ tool, input }: { tool: string; input: object }): { tool_calls: object[] } {
	return { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: tool, arguments: JSON.stringify(input) } }] };
}

function asText(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

/**
 * A stand-in for a language model behind OpenAI's chat API, without any intelligence: it calls one tool, and
 * then answers with what the tool said; or it gives one answer to everything.
 */
export async function startFakeModel(call: { tool: string; input: object } | { answer: string }): Promise<FakeModel> {
	let offered: string[] = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			const { messages, tools = [], stream = false } = JSON.parse(body || '{"messages":[]}') as ChatRequest;
			if (tools.length > 0) offered = tools.map((tool) => tool.function.name);
			const result = messages.findLast(({ role }) => role === 'tool');
			const message = 'answer' in call ? { content: call.answer } : result === undefined ? toolCall(call) : { content: asText(result.content) };
			const reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
			const answer = { id: 'fake', created: 0, model: 'fake', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } };
			const full = { role: 'assistant', content: null, ...message };
			if (!stream) {
				const choices = [{ index: 0, message: full, finish_reason: reason }];
				response.setHeader('content-type', 'application/json').end(JSON.stringify({ ...answer, object: 'chat.completion', choices }));
				return;
			}
			const chunk = (choice: object) =>
				`data: ${JSON.stringify({ ...answer, object: 'chat.completion.chunk', choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`;
			response.setHeader('content-type', 'text/event-stream');
			response.end(`${chunk({ delta: full })}${chunk({ delta: {}, finish_reason: reason })}data: [DONE]\n\n`);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('no TCP port');
	return {
		url: `http://127.0.0.1:${address.port}/v1`,
		toolsOffered: () => offered,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
