import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

interface ChatMessage {
	role: string;
	content: unknown;
	tool_calls?: Array<{ id: string }>;
}

interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{ function: { name: string } }>;
	stream?: boolean;
}

/** A call of a tool, by the name that n8n gives it, with the arguments that the model fills in. */
export interface ToolCall {
	tool: string;
	input: object;
}

/** What the model does: calls of tools, those of one turn side by side, and then its answer; without one, what the tools said last. */
export interface Script {
	turns?: ToolCall[][];
	answer?: string;
}

export interface FakeModel {
	/** Base URL for n8n's credential `openAiApi`. */
	url: string;
	/** Names of the tools that the last request offered. */
	toolsOffered(): string[];
	/** What the tools said in the conversation of the last request, in the order of the calls. */
	toolsSaid(): string[];
	close(): Promise<void>;
}

function asText(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

/** The model's next message in a conversation. */
function nextMessage({ turns = [], answer }: Script, messages: ChatMessage[]): object {
	// AI Agent 3 tells calls that were made side by side as one message each: the turn is in their ids.
	const turn = messages
		.flatMap(({ tool_calls: calls = [] }) => calls)
		.reduce((next, { id }) => Math.max(next, Number(id.split('_')[1]) + 1), 0);
	const calls = turns[turn];
	if (calls !== undefined) {
		return {
			tool_calls: calls.map(({ tool, input }, index) => ({
				index,
				id: `call_${turn}_${index}`,
				type: 'function',
				function: { name: tool, arguments: JSON.stringify(input) },
			})),
		};
	}
	const said = messages.filter(({ role }) => role === 'tool').map(({ content }) => asText(content));
	return { content: answer ?? said.slice(-(turns.at(-1)?.length ?? 1)).join('\n') };
}

/** A stand-in for a language model behind OpenAI's chat API, without any intelligence. */
export async function startFakeModel(script: Script): Promise<FakeModel> {
	let offered: string[] = [];
	let said: string[] = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			const { messages, tools = [], stream = false } = JSON.parse(body || '{"messages":[]}') as ChatRequest;
			if (tools.length > 0) offered = tools.map((tool) => tool.function.name);
			said = messages.filter(({ role }) => role === 'tool').map(({ content }) => asText(content));
			const message = nextMessage(script, messages);
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
		toolsSaid: () => said,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}
