import type { Answer } from './answer';
import { MASK } from './secrets';

/** Masks the key in a text, in case a server or a proxy echoed it. */
export const redact = (text: string, secret: string) =>
	secret.length > 3 ? text.replaceAll(secret, MASK) : text;

/** Returns values as sent and as JSON spells them, longest first: a short one may be the beginning of another. */
const formsOf = (values: string[]) =>
	values
		.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
		.sort((a, b) => b.length - a.length);

/** Masks values in a text, as sent or as JSON spells them. */
export const redactAll = (text: string, values: string[]) => formsOf(values).reduce(redact, text);

/** Returns a response in which these values are masked, in case the server echoed them. */
export function hideIn(answer: Answer, values: string[]): Answer {
	const forms = formsOf(values);
	if (answer.json === undefined || forms.length === 0) {
		return { ...answer, text: forms.reduce(redact, answer.text) };
	}
	const hide = (_key: string, value: unknown) =>
		typeof value === 'string' ? forms.reduce(redact, value) : value;
	const text = JSON.stringify(answer.json, hide);
	return { ...answer, text, json: JSON.parse(text) as unknown };
}
