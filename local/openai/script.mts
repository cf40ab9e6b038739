import { type Entry, lastUserText } from './content.mjs';
import { badRequest, OpenAiError } from './openAiError.mjs';
import { nextStep, type Tool } from './plan.mjs';
import type { Reply } from './reply.mjs';

const KNOWN = ['text', 'toolCalls', 'status', 'message'];

function check(reply: unknown): asserts reply is Reply {
	const keys = typeof reply === 'object' && reply !== null ? Object.keys(reply) : [];
	const unknown = keys.find((key) => !KNOWN.includes(key));
	if (unknown || !keys.some((key) => ['text', 'toolCalls', 'status'].includes(key))) {
		throw badRequest(
			`A reply must have 'text', 'toolCalls', or 'status': ${JSON.stringify(reply)}`,
		);
	}
}

/** The replies that are waiting, one for each request. */
export class Script {
	private replies: Reply[] = [];

	/** Replaces the waiting replies. Throws an OpenAiError for anything but a list of replies. */
	set(replies: unknown): number {
		if (!Array.isArray(replies)) throw badRequest('The script must be a list of replies.');
		replies.forEach(check);
		this.replies = replies as Reply[];
		return this.replies.length;
	}

	/**
	 * Returns the reply to a request. Without a script, it calls the tools if possible, or repeats the text of the user.
	 * @param entries the conversation
	 * @param tools the tools in the request
	 * @throws OpenAiError if that is the reply, or if the reply calls a tool that is not in the request
	 */
	next(entries: Entry[], tools: Tool[]): Reply {
		const reply = this.replies.shift();
		if (!reply) {
			const said = lastUserText(entries);
			const repeated = `This is a stand-in without a model. You said: ${said}`;
			return nextStep(entries, tools, said) ?? { text: repeated };
		}
		if (reply.status) {
			throw new OpenAiError(reply.status, reply.message ?? 'Scripted error.', 'scripted');
		}
		const offered = tools.map(({ name }) => String(name));
		const missing = reply.toolCalls?.find(({ name }) => !offered.includes(name));
		if (missing) {
			throw badRequest(
				`The script calls the tool '${missing.name}', which is not in the request. Its tools: ${offered.join(', ') || 'none'}`,
			);
		}
		return reply;
	}
}
