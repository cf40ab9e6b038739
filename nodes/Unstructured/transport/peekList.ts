import { readBytes, type BodyStream, type ReadLimits } from './body';

/** More than this before the first bracket is no list. */
const MOST_BYTES = 64 * 1024;

/** Whether a body is a JSON list, by its beginning; the rest is not read. `json` is an empty list then, else undefined. */
export async function peekList(
	stream: BodyStream,
	limits: ReadLimits,
): Promise<{ text: string; json: unknown }> {
	let text = '';
	try {
		for await (const chunk of readBytes(stream, limits)) {
			text += chunk.toString('utf8');
			// Leaving the loop ends the connection.
			if (/[^\s\uFEFF]/.test(text) || text.length > MOST_BYTES) break;
		}
	} catch {
		return { text, json: undefined };
	}
	return { text, json: /^[\s\uFEFF]*\[/.test(text) ? [] : undefined };
}
