import { jsonMistake } from './jsonMistake';

/** Whether a switch is on. An expression may return text. */
export const isTrue = (value: unknown) => value === true || value === 'true';

/**
 * Parses JSON that was entered as text. Any other value comes from an expression and is returned unchanged. Unlike V8's
 * messages, the reason never quotes the text, which may contain a secret.
 */
export function parseJson(value: unknown): { json: unknown } | { reason: string } {
	if (typeof value !== 'string') return { json: value };
	if (value.trim() === '') return { reason: 'it is empty' };
	try {
		return { json: JSON.parse(value) as unknown };
	} catch {
		return { reason: `it is not valid JSON (${jsonMistake(value) ?? 'check quotes and commas'})` };
	}
}

/** Splits a comma-separated text. */
export const splitList = (text: unknown) =>
	String(text ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
