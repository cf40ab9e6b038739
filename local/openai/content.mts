/** A message or another entry of a conversation, in the format of either API. */
export interface Entry {
	role?: unknown;
	content?: unknown;
}

/** Returns the text of a message, or of its parts. */
function textOf(content: unknown): string {
	if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
	return content.map((part: { text?: string }) => part.text ?? '').join('');
}

/** Returns the last text of the user. */
export const lastUserText = (entries: Entry[]) =>
	textOf(entries.findLast(({ role }) => role === 'user')?.content);

/** Counts words instead of tokens. */
export const countTokens = (value: unknown) =>
	JSON.stringify(value ?? '').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** Splits a text into the pieces of a stream. */
export const pieces = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

/** Creates an ID that looks like one of the API. */
export const newId = (prefix: string) => `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;

export const unixSeconds = () => Math.floor(Date.now() / 1000);
