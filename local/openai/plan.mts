import type { Entry } from './content.mjs';
import type { Reply } from './reply.mjs';

/** A function in the request, in the format of either API. */
export interface Tool {
	name?: unknown;
	parameters?: { properties?: Record<string, { type?: unknown }> };
}

/** What happened since the last text of the user. */
interface Progress {
	called: string[];
	/** The responses of tools, oldest first. */
	answers: string[];
}

interface ToolEntry extends Entry {
	type?: unknown;
	name?: unknown;
	output?: unknown;
	tool_calls?: Array<{ function?: { name?: unknown } }>;
}

function progressOf(entries: ToolEntry[]): Progress {
	const since = entries.slice(entries.findLastIndex(({ role }) => role === 'user') + 1);
	const calls = since.flatMap(({ type, name, tool_calls: several = [] }) =>
		type === 'function_call' ? [name] : several.map((call) => call.function?.name),
	);
	const answers = since.flatMap(({ type, role, output, content }) => {
		if (type === 'function_call_output') return [output];
		return role === 'tool' ? [content] : [];
	});
	return { called: calls.map(String), answers: answers.map(String) };
}

function parsed(answer: string): unknown {
	try {
		return JSON.parse(answer) as unknown;
	} catch {
		return answer;
	}
}

/** Returns the first value of a key, at any depth. */
function valueOf(json: unknown, key: string): unknown {
	if (typeof json !== 'object' || json === null) return undefined;
	const entries = Object.entries(json) as Array<[string, unknown]>;
	const own = entries.find(([name]) => name.toLowerCase() === key)?.[1];
	if (own !== undefined) return own;
	for (const [, value] of entries) {
		const found = valueOf(value, key);
		if (found !== undefined) return found;
	}
	return undefined;
}

/**
 * Returns the value of a parameter. An ID comes from a tool's response: for `Job_ID`, its `job_id` or `id`. Any other text
 * comes from the user.
 */
function argumentFor(name: string, type: unknown, answers: string[], asked: string): unknown {
	const key = name.toLowerCase();
	const last = key.split('_').at(-1) ?? key;
	for (const answer of [...answers].reverse().map(parsed)) {
		const found = valueOf(answer, key) ?? valueOf(answer, last);
		if (found !== undefined) return found;
	}
	return type === 'string' && last !== 'id' ? asked : undefined;
}

/**
 * Plans the replies without a script: calls each tool once, as soon as its parameters are known, and ends with the response of
 * the last one.
 * @returns undefined if no tool can be called, and none was called
 */
export function nextStep(entries: Entry[], tools: Tool[], asked: string): Reply | undefined {
	const { called, answers } = progressOf(entries);
	for (const { name, parameters } of tools) {
		if (called.includes(String(name))) continue;
		const values = Object.entries(parameters?.properties ?? {}).map(
			([key, { type }]) => [key, argumentFor(key, type, answers, asked)] as const,
		);
		if (values.some(([, value]) => value === undefined)) continue;
		return { toolCalls: [{ name: String(name), arguments: Object.fromEntries(values) }] };
	}
	const answer = answers.at(-1);
	if (answer === undefined) return undefined;
	const text = valueOf(parsed(answer), 'text');
	const said = typeof text === 'string' ? text : answer;
	return { text: `This is a stand-in without a model. The tools responded: ${said}` };
}
