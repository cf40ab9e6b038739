import { readBytes, type BodyStream, type ReadLimits } from './body';

/** The most bytes before the first bracket of a list. */
const MOST_BYTES = 64 * 1024;

/** Reads only the beginning of a body. `json` is an empty list if it is a JSON list, otherwise undefined. */
export async function peekList(
	stream: BodyStream,
	limits: ReadLimits,
): Promise<{ text: string; json: unknown }> {
	let text = '';
	try {
		for await (const chunk of readBytes(stream, limits)) {
			text += chunk.toString('utf8');
			// Leaving the loop closes the connection.
			if (/[^\s\uFEFF]/.test(text) || text.length > MOST_BYTES) break;
		}
	} catch {
		return { text, json: undefined };
	}
	return { text, json: /^[\s\uFEFF]*\[/.test(text) ? [] : undefined };
}
