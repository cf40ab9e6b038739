import { badRequest, OpenAiError } from './openAiError.mjs';

export interface ToolCall {
	/** A tool that the request offers. */
	name: string;
	arguments: Record<string, unknown>;
}

/** What the model says next: a text, calls of tools, both, or an error answer. */
export interface Reply {
	text?: string;
	toolCalls?: ToolCall[];
	/** An HTTP status of 400 or more instead of an answer. */
	status?: number;
	/** The text of that error. */
	message?: string;
}

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
	 * The reply to a request; without a script it repeats what the user said.
	 * @param tools names of the tools that the request offers
	 * @throws OpenAiError when that is the reply, or it calls a tool that is not offered
	 */
	next(userText: string, tools: string[]): Reply {
		const reply = this.replies.shift();
		if (!reply) return { text: `No model answers here, only its stand-in. You said: ${userText}` };
		if (reply.status) {
			throw new OpenAiError(reply.status, reply.message ?? 'As the script says.', 'scripted');
		}
		const missing = reply.toolCalls?.find(({ name }) => !tools.includes(name));
		if (missing) {
			throw badRequest(
				`The script calls the tool '${missing.name}'; the request offers: ${tools.join(', ') || 'none'}`,
			);
		}
		return reply;
	}
}
