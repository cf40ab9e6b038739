/**
 * The server's clock in Unix milliseconds, from an answer's Date header. It has whole seconds, so that nothing made after
 * the answer is earlier than it. Without the header our own clock serves, with a margin.
 */
export const serverTime = (date: unknown): number => Date.parse(String(date)) || Date.now() - 5_000;
