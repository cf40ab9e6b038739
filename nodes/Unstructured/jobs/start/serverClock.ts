/**
 * A clock that shows the server's time in Unix milliseconds, set by the Date header of an answer that has just come. The
 * header has whole seconds, so that the clock is never ahead of the server, and up to a second behind. Without a header
 * our own clock serves, five seconds behind.
 */
export function serverClock(date: unknown): () => number {
	const here = Date.now();
	const ahead = (Date.parse(String(date)) || here - 5_000) - here;
	return () => Date.now() + ahead;
}
