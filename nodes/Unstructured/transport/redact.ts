import type { Answer } from './answer';
import { MASK } from './secrets';

/** Takes the key out of a text, should a server or a proxy have echoed it. */
export const redact = (text: string, secret: string) =>
	secret.length > 3 ? text.replaceAll(secret, MASK) : text;

/** Values as they were sent and as JSON has them, the longest first: a short one may be the beginning of another. */
const formsOf = (values: string[]) =>
	values
		.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
		.sort((a, b) => b.length - a.length);

/** Takes values out of a text, as they were sent or as JSON has them. */
export const redactAll = (text: string, values: string[]) => formsOf(values).reduce(redact, text);

/** An answer in which the server echoes none of these values. */
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
