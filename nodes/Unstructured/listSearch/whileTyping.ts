/** A running search. */
export interface Typing {
	filter: string;
	/** Whether the text was changed meanwhile, so nobody will see the results of this search. */
	isOver: boolean;
}

const running = new Map<string, Set<Typing>>();

/** Whether two filters are from the same typing. An empty filter is not, because another user may have opened the list. */
const typedOn = (earlier: string, later: string) =>
	earlier !== later && later !== '' && (later.startsWith(earlier) || earlier.startsWith(later));

/**
 * Runs a search, and cancels earlier ones of the same dropdown whose text grew into this one. n8n sends a request for each
 * pause in typing, uses only the last response, cancels no request, and doesn't identify the user. Of two filters with the
 * same key, both count as the same user's if one begins with the other.
 * @param key distinguishes dropdowns and accounts
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
