import { isTooDeep } from '../../transport/json';
import { checkDepth, MemberReader } from './jsonMembers';

function parse(text: string): unknown {
	if (isTooDeep(text)) checkDepth(Infinity);
	return JSON.parse(text);
}

/** The members of a body that is no array: a JSON text in a JSON string, or an object around the list (docs/api-notes.md 5.8). */
function membersOf(json: unknown): unknown[] {
	const value = typeof json === 'string' ? parse(json) : json;
	if (Array.isArray(value)) return value;
	const inside = (value as { elements?: unknown } | null)?.elements;
	if (Array.isArray(inside)) return inside;
	throw new SyntaxError('The output is not a list of elements');
}

/**
 * Parses a JSON array while it arrives, one member at a time, so that nothing but its members is kept. Throws a
 * SyntaxError when it isn't JSON or breaks off.
 * @param use gets each member; no iterator, which takes as long for a small one as parsing it
 */
export async function parseElements(
	body: AsyncIterable<Buffer>,
	use: (member: unknown) => void,
): Promise<void> {
	const reader = new MemberReader();
	let isArray: boolean | undefined;
	let isClosed = false;
	let count = 0;
	for await (const chunk of body) {
		if (isClosed) continue;
		reader.append(chunk);
		isArray ??= reader.enter();
		while (isArray && !isClosed) {
			const member = reader.next();
			if (!member) break;
			isClosed = member.isLast;
			if (member.text || !isClosed || count > 0) use(JSON.parse(member.text));
			count++;
		}
	}
	if (isArray && !isClosed) throw new SyntaxError('The output broke off');
	if (!isArray) membersOf(parse(reader.take())).forEach(use);
}
