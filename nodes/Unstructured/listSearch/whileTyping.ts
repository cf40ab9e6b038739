/** A running search. */
export interface Typing {
	filter: string;
	/** The text was changed meanwhile: no one will see what this search finds. */
	isOver: boolean;
}

const running = new Map<string, Set<Typing>>();

/** An empty filter proves nothing: anyone may have opened the list. */
const typedOn = (earlier: string, later: string) =>
	earlier !== later && later !== '' && (later.startsWith(earlier) || earlier.startsWith(later));

/**
 * Runs a search, and ends earlier ones of the same dropdown whose text was typed on to this one. n8n sends a request for each
 * pause in typing, uses the last response only, stops none of the requests, and doesn't say who typed. Of two filters with the
 * same key, one of which begins with the other, both count as the same user's.
 * @param key tells dropdowns and accounts apart
 */
export async function whileTyping<Result>(
	key: string,
	filter: string,
	search: (typing: Typing) => Promise<Result>,
): Promise<Result> {
	const others = running.get(key) ?? new Set();
	running.set(key, others);
	for (const other of others) other.isOver ||= typedOn(other.filter, filter);
	const typing = { filter, isOver: false };
	others.add(typing);
	try {
		return await search(typing);
	} finally {
		others.delete(typing);
		if (others.size === 0) running.delete(key);
	}
}
