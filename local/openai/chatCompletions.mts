import { countTokens, type Entry, newId, pieces, unixSeconds } from './content.mjs';
import { badRequest } from './openAiError.mjs';
import type { Tool } from './plan.mjs';
import type { Reply } from './reply.mjs';
import type { Script } from './script.mjs';

export interface ChatRequest {
	model?: unknown;
	messages?: Entry[];
	tools?: Array<{ function?: Tool }>;
	stream?: boolean;
	stream_options?: { include_usage?: boolean };
}

/** A complete response, or the data of each event of a stream. */
export type Answer = { whole: object } | { events: object[] };

const toolCalls = ({ toolCalls: calls }: Reply) =>
	calls?.map(({ name, arguments: args }) => ({
		id: newId('call'),
		type: 'function',
		function: { name, arguments: JSON.stringify(args) },
	}));

/** Handles `POST /v1/chat/completions`. Throws an OpenAiError like the API, or as scripted. */
export function answerChat(request: ChatRequest, script: Script): Answer {
	const { model, messages, tools, stream, stream_options: streamOptions } = request;
	if (!Array.isArray(messages)) throw badRequest("Missing required parameter: 'messages'.");
	const offered = (tools ?? []).map((tool) => tool.function ?? {});
	const reply = script.next(messages, offered);
	const calls = toolCalls(reply);
	const finish = calls ? 'tool_calls' : 'stop';
	const prompt = countTokens(messages);
	const completion = countTokens(reply);
	const usage = {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
	};
	const head = { id: newId('chatcmpl'), created: unixSeconds(), model };
	if (!stream) {
		const message = {
			role: 'assistant',
			content: reply.text ?? null,
			refusal: null,
			...(calls && { tool_calls: calls }),
		};
		const choices = [{ index: 0, message, logprobs: null, finish_reason: finish }];
		return { whole: { ...head, object: 'chat.completion', choices, usage } };
	}
	const chunk = (delta: object, reason: string | null = null) => ({
		...head,
		object: 'chat.completion.chunk',
		choices: [{ index: 0, delta, finish_reason: reason }],
	});
	const events: object[] = [
		chunk({ role: 'assistant', content: '' }),
		...pieces(reply.text ?? '').map((content) => chunk({ content })),
		...(calls ?? []).flatMap((call, index) => [
			chunk({
				tool_calls: [{ ...call, index, function: { name: call.function.name, arguments: '' } }],
			}),
			...pieces(call.function.arguments).map((text) =>
				chunk({ tool_calls: [{ index, function: { arguments: text } }] }),
			),
		]),
		chunk({}, finish),
	];
	if (streamOptions?.include_usage) events.push({ ...chunk({}), choices: [], usage });
	return { events };
}
