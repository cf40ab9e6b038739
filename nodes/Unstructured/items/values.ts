import { jsonMistake } from './jsonMistake';

/** A switch; an expression may give it as text. */
export const isTrue = (value: unknown) => value === true || value === 'true';

/**
 * Reads JSON that a person typed, or takes what an expression gave. The reason never quotes the text, as V8 would: there
 * may be a secret in it.
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

/** The parts of a text that are separated by commas. */
export const splitList = (text: unknown) =>
	String(text ?? '')
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
