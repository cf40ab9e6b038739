import type { Answer } from './chatCompletions.mjs';
import { countTokens, type Entry, newId, pieces, unixSeconds } from './content.mjs';
import { badRequest } from './openAiError.mjs';
import type { Tool } from './plan.mjs';
import type { Reply, ToolCall } from './reply.mjs';
import type { Script } from './script.mjs';

export interface ResponsesRequest {
	model?: unknown;
	input?: string | Entry[];
	instructions?: unknown;
	tools?: Tool[];
	stream?: boolean;
}

const textPart = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });

const message = (text: string) => ({
	type: 'message' as const,
	id: newId('msg'),
	status: 'completed',
	role: 'assistant',
	content: [textPart(text)],
});

const functionCall = ({ name, arguments: args }: ToolCall) => ({
	type: 'function_call' as const,
	id: newId('fc'),
	call_id: newId('call'),
	status: 'completed',
	name,
	arguments: JSON.stringify(args),
});

type Item = ReturnType<typeof message> | ReturnType<typeof functionCall>;

const outputOf = ({ text, toolCalls = [] }: Reply): Item[] => [
	...(text === undefined ? [] : [message(text)]),
	...toolCalls.map(functionCall),
];

/** Returns the events of a stream for one item of the output. */
function itemEvents(item: Item, place: number): object[] {
	const at = { item_id: item.id, output_index: place };
	const part = { ...at, content_index: 0 };
	const added = (empty: object) => ({
		type: 'response.output_item.added',
		output_index: place,
		item: { ...item, status: 'in_progress', ...empty },
	});
	const done = { type: 'response.output_item.done', output_index: place, item };
	if (item.type === 'function_call') {
		const { arguments: args } = item;
		return [
			added({ arguments: '' }),
			...pieces(args).map((delta) => ({
				type: 'response.function_call_arguments.delta',
				...at,
				delta,
			})),
			{ type: 'response.function_call_arguments.done', ...at, arguments: args },
			done,
		];
	}
	const [{ text }] = item.content;
	return [
		added({ content: [] }),
		{ type: 'response.content_part.added', ...part, part: textPart('') },
		...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...part, delta })),
		{ type: 'response.output_text.done', ...part, text },
		{ type: 'response.content_part.done', ...part, part: textPart(text) },
		done,
	];
}

/** Handles `POST /v1/responses`. Throws an OpenAiError like the API, or as scripted. */
export function answerResponses(request: ResponsesRequest, script: Script): Answer {
	const { model, input, instructions = null, tools = [], stream } = request;
	if (input === undefined) throw badRequest("Missing required parameter: 'input'.");
	const entries = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
	const reply = script.next(entries, tools);
	const response = {
		id: newId('resp'),
		object: 'response',
		created_at: unixSeconds(),
		status: 'in_progress',
		error: null,
		incomplete_details: null,
		instructions,
		metadata: {},
		model,
		output: [] as Item[],
		parallel_tool_calls: true,
		temperature: 1,
		tool_choice: 'auto',
		tools,
		top_p: 1,
	};
	const output = outputOf(reply);
	const inTokens = countTokens(input);
	const outTokens = countTokens(reply);
	const usage = {
		input_tokens: inTokens,
		input_tokens_details: { cached_tokens: 0 },
		output_tokens: outTokens,
		output_tokens_details: { reasoning_tokens: 0 },
		total_tokens: inTokens + outTokens,
	};
	const whole = { ...response, status: 'completed', output, usage };
	if (!stream) return { whole };
	const events: object[] = [
		{ type: 'response.created', response },
		{ type: 'response.in_progress', response },
		...output.flatMap(itemEvents),
		{ type: 'response.completed', response: whole },
	];
	return { events: events.map((event, number) => ({ ...event, sequence_number: number })) };
}
