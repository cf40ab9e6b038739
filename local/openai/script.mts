import { type Entry, lastUserText } from './content.mjs';
import { badRequest, OpenAiError } from './openAiError.mjs';
import { nextStep, type Tool } from './plan.mjs';
import type { Reply } from './reply.mjs';

const KNOWN = ['text', 'toolCalls', 'status', 'message'];

function check(reply: unknown): asserts reply is Reply {
	const keys = typeof reply === 'object' && reply !== null ? Object.keys(reply) : [];
	const unknown = keys.find((key) => !KNOWN.includes(key));
	if (unknown || !keys.some((key) => ['text', 'toolCalls', 'status'].includes(key))) {
		throw badRequest(`A reply has 'text', 'toolCalls' or 'status': not ${JSON.stringify(reply)}`);
	}
}

/** The replies that wait, each for one request. */
export class Script {
	private replies: Reply[] = [];

	/** Instead of those that wait. Throws an OpenAiError for what is not a list of replies. */
	set(replies: unknown): number {
		if (!Array.isArray(replies)) throw badRequest('The script must be a list of replies.');
		replies.forEach(check);
		this.replies = replies as Reply[];
		return this.replies.length;
	}

	/**
	 * The reply to a request; without a script it calls the tools that it can, or repeats what the user said.
	 * @param entries the conversation
	 * @param tools those that the request offers
	 * @throws OpenAiError when that is the reply, or it calls a tool that is not offered
	 */
	next(entries: Entry[], tools: Tool[]): Reply {
		const reply = this.replies.shift();
		if (!reply) {
			const said = lastUserText(entries);
			const repeated = `No model answers here, only its stand-in. You said: ${said}`;
			return nextStep(entries, tools, said) ?? { text: repeated };
		}
		if (reply.status) {
			throw new OpenAiError(reply.status, reply.message ?? 'As the script says.', 'scripted');
		}
		const offered = tools.map(({ name }) => String(name));
		const missing = reply.toolCalls?.find(({ name }) => !offered.includes(name));
		if (missing) {
			throw badRequest(
				`The script calls the tool '${missing.name}'; the request offers: ${offered.join(', ') || 'none'}`,
			);
		}
		return reply;
	}
}
