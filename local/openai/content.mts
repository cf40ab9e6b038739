/** A message or another entry of a conversation, in the form of either API. */
export interface Entry {
	role?: unknown;
	content?: unknown;
}

/** The text of a message: as such, or of its parts. */
function textOf(content: unknown): string {
	if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
	return content.map((part: { text?: string }) => part.text ?? '').join('');
}

/** What the user said last. */
export const lastUserText = (entries: Entry[]) =>
	textOf(entries.findLast(({ role }) => role === 'user')?.content);

/** Words stand for tokens; nobody bills them. */
export const countTokens = (value: unknown) =>
	JSON.stringify(value ?? '').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** A text in the pieces in which a stream brings it. */
export const pieces = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

/** Ids look like those of the API. */
export const newId = (prefix: string) => `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;

export const unixSeconds = () => Math.floor(Date.now() / 1000);
