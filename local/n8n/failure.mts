/** Something that a person can put right: the message is one line that says what to do. */
export class Failure extends Error {
	override readonly name = 'Failure';
}

/** One line for any error; what is not a Failure keeps its name, since nobody foresaw it. */
export function oneLine(error: unknown): string {
	if (error instanceof Failure) return error.message;
	const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return text.split('\n')[0];
}
