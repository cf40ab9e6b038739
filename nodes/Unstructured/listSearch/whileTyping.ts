/** A search that is going on. */
export interface Typing {
	filter: string;
	/** The person has typed on: nobody will see what this search finds. */
	isOver: boolean;
}

const running = new Map<string, Set<Typing>>();

/** Without a filter, it may be anybody who opens the list. */
const typedOn = (earlier: string, later: string) =>
	earlier !== later && later !== '' && (later.startsWith(earlier) || earlier.startsWith(later));

/**
 * Runs a search, and tells those of the same dropdown that it is what they have been typed on to, so that they end.
 * n8n sends a request per pause in typing, drops the answers to all but the last one, and stops none of them; nor does it
 * say who is asking. A filter that the other one begins with, of the same key, is taken for the same person's.
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
