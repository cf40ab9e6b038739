/** An error that the user can fix. Its message is one line that says what to do. */
export class Failure extends Error {
	override readonly name = 'Failure';
}

/** Returns one line for any error. An unexpected error keeps its name. */
export function oneLine(error: unknown): string {
	if (error instanceof Failure) return error.message;
	const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
	return text.split('\n')[0];
}
