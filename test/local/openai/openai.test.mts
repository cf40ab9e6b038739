import OpenAI from 'openai';
import type { Reply } from '../../../local/openai/reply.mjs';
import { useOpenAi } from './support.mjs';

const openAi = useOpenAi();

const script = (...replies: Reply[]) => openAi.control('script', replies);

const tools = ['find', 'stop'].map((name) => ({
	name,
	parameters: { type: 'object', properties: { id: { type: 'string' } } },
}));
const CALL: Reply = {
	text: 'I look.',
	toolCalls: [
		{ name: 'find', arguments: { id: 'a b' } },
		{ name: 'stop', arguments: {} },
	],
};

describe('chat completions', () => {
	const ask = {
		model: 'gpt-5-mini',
		messages: [
			{ role: 'system' as const, content: 'Be short.' },
			{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello there' }] },
		],
		tools: tools.map((tool) => ({ type: 'function' as const, function: tool })),
	};

	it('return the script, one reply per request, then repeat the user', async () => {
		await script(CALL, { text: 'Found.' });
		const first = await openAi.client.chat.completions.create(ask);
		expect(first.choices).toMatchObject([
			{
				finish_reason: 'tool_calls',
				message: {
					role: 'assistant',
					content: 'I look.',
					tool_calls: [
						{ type: 'function', function: { name: 'find', arguments: '{"id":"a b"}' } },
						{ type: 'function', function: { name: 'stop', arguments: '{}' } },
					],
				},
			},
		]);
		expect(first.usage?.total_tokens).toBeGreaterThan(first.usage?.completion_tokens ?? NaN);
		const [choice] = (await openAi.client.chat.completions.create(ask)).choices;
		expect(choice).toMatchObject({ finish_reason: 'stop', message: { content: 'Found.' } });
		const last = await openAi.client.chat.completions.create(ask);
		expect(last.choices[0].message.content).toMatch(/You said: Hello there$/);
	});

	it('stream the same text as without streaming', async () => {
		await script(CALL);
		const stream = openAi.client.beta.chat.completions.stream({
			...ask,
			stream_options: { include_usage: true },
		});
		const streamed = await stream.finalChatCompletion();
		expect(streamed.choices).toMatchObject([
			{
				finish_reason: 'tool_calls',
				message: {
					content: 'I look.',
					tool_calls: [
						{ function: { name: 'find', arguments: '{"id":"a b"}' } },
						{ function: { name: 'stop', arguments: '{}' } },
					],
				},
			},
		]);
		expect(streamed.usage?.total_tokens).toBeGreaterThan(0);
	});
});

describe('responses', () => {
	const ask = {
		model: 'gpt-5-mini',
		input: [
			{ role: 'user' as const, content: [{ type: 'input_text' as const, text: 'Hello there' }] },
		],
		tools: tools.map((tool) => ({ type: 'function' as const, strict: false, ...tool })),
	};
	const OUTPUT = [
		{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look.' }] },
		{ type: 'function_call', name: 'find', arguments: '{"id":"a b"}' },
		{ type: 'function_call', name: 'stop', arguments: '{}' },
	];

	it('return the script, then repeat the user', async () => {
		await script(CALL);
		const first = await openAi.client.responses.create(ask);
		expect(first).toMatchObject({ status: 'completed', output: OUTPUT, output_text: 'I look.' });
		expect((await openAi.client.responses.create(ask)).output_text).toMatch(
			/You said: Hello there$/,
		);
		const plain = await openAi.client.responses.create({ model: 'gpt-5-mini', input: 'Plain' });
		expect(plain.output_text).toMatch(/You said: Plain$/);
	});

	it('stream the same text as without streaming', async () => {
		await script(CALL);
		const stream = await openAi.client.responses.create({ ...ask, stream: true });
		let text = '';
		const calls: string[] = [];
		const types: string[] = [];
		for await (const event of stream) {
			types.push(event.type);
			if (event.type === 'response.output_text.delta') text += event.delta;
			if (event.type === 'response.function_call_arguments.delta') {
				calls[event.output_index] = `${calls[event.output_index] ?? ''}${event.delta}`;
			}
			if (event.type === 'response.completed') {
				expect(event.response).toMatchObject({ status: 'completed', output: OUTPUT });
			}
		}
		expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
		expect(text).toBe('I look.');
		expect(calls.slice(1)).toEqual(['{"id":"a b"}', '{}']);
	});
});

describe('without a script', () => {
	const run = { name: 'run', parameters: { type: 'object', properties: {} } };
	const read = {
		name: 'read',
		parameters: { type: 'object', properties: { Job_ID: { type: 'string' } } },
	};
	const look = {
		name: 'look',
		parameters: { type: 'object', properties: { question: { type: 'string' } } },
	};
	const user = { role: 'user' as const, content: 'What does it say?' };

	const completed = async (messages: OpenAI.ChatCompletionMessageParam[], offered: object[]) => {
		const asFunctions = offered.map((tool) => ({ type: 'function', function: tool }));
		const { choices } = await openAi.client.chat.completions.create({
			model: 'gpt-5-mini',
			messages,
			tools: asFunctions as OpenAI.ChatCompletionTool[],
		});
		return choices[0].message;
	};

	it('calls each tool when its parameters are known, then returns the last response', async () => {
		const offered = [read, run];
		const first = await completed([user], offered);
		expect(first.tool_calls).toMatchObject([{ function: { name: 'run', arguments: '{}' } }]);
		const answered = (message: typeof first, content: string) => [
			message,
			{ role: 'tool' as const, tool_call_id: message.tool_calls?.[0].id ?? '', content },
		];
		const ran = [user, ...answered(first, '[{"workflow_id":"w","id":"j"}]')];
		const second = await completed(ran, offered);
		expect(second.tool_calls).toMatchObject([
			{ function: { name: 'read', arguments: '{"Job_ID":"j"}' } },
		]);
		const last = await completed([...ran, ...answered(second, '[{"text":"Hello."}]')], offered);
		expect(last.tool_calls).toBeUndefined();
		expect(last.content).toMatch(/The tools responded: Hello\.$/);
	});

	it('does the same in the Responses API', async () => {
		const tools = [read, run].map((tool) => ({
			type: 'function' as const,
			strict: false,
			...tool,
		}));
		const input: OpenAI.Responses.ResponseInput = [user];
		const ask = () => openAi.client.responses.create({ model: 'gpt-5-mini', input, tools });
		const done = (call_id: string, name: string, args: string, output: string) =>
			input.push(
				{ type: 'function_call', call_id, name, arguments: args },
				{ type: 'function_call_output', call_id, output },
			);
		expect((await ask()).output).toMatchObject([{ type: 'function_call', name: 'run' }]);
		done('1', 'run', '{}', '[{"id":"j"}]');
		expect((await ask()).output).toMatchObject([{ name: 'read', arguments: '{"Job_ID":"j"}' }]);
		done('2', 'read', '{"Job_ID":"j"}', 'no JSON');
		expect((await ask()).output_text).toMatch(/The tools responded: no JSON$/);
	});

	it('uses the text of the user, and starts again with each new text', async () => {
		const first = await completed([user], [look]);
		expect(first.tool_calls).toMatchObject([
			{ function: { name: 'look', arguments: '{"question":"What does it say?"}' } },
		]);
		const again = { role: 'user' as const, content: 'And now?' };
		const second = await completed([user, first, again], [look]);
		expect(second.tool_calls).toMatchObject([
			{ function: { arguments: '{"question":"And now?"}' } },
		]);
	});
});

it('returns the errors of the API', async () => {
	const ask = { model: 'gpt-5-mini', messages: [{ role: 'user' as const, content: 'Hello' }] };
	await script(
		{ status: 429, message: 'Slow down' },
		{ toolCalls: [{ name: 'x', arguments: {} }] },
	);
	const create = (on = openAi.client) => on.chat.completions.create(ask);
	const message = (text: string) => expect.stringContaining(text) as string;
	await expect(create()).rejects.toMatchObject({ status: 429, message: message('Slow down') });
	await expect(create()).rejects.toMatchObject({ status: 400, message: message("tool 'x'") });
	const stranger = new OpenAI({
		baseURL: `${openAi.server.url}/v1`,
		apiKey: 'other',
		maxRetries: 0,
	});
	await expect(create(stranger)).rejects.toMatchObject({ status: 401 });
	await expect(openAi.client.post('/nothing', { body: {} })).rejects.toMatchObject({ status: 404 });
	const { body } = await openAi.control('requests');
	expect(body).toMatchObject([429, 400, 401, 404].map((status) => ({ status })));
	expect(JSON.stringify(body)).not.toContain(openAi.server.key);
});

it('lists its models', async () => {
	const { data } = await openAi.client.models.list();
	expect(data.map(({ id }) => id)).toContain('text-embedding-3-small');
});

it.each([[{ text: 'no list' }], [[{ txt: 'a' }]], [[{ message: 'a' }]], [['a']]])(
	'rejects the script %j',
	async (replies) => {
		expect((await openAi.control('script', replies)).status).toBe(400);
	},
);
