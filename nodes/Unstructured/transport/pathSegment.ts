/**
 * Encodes an ID as one segment of a path. `.` and `..` would be interpreted as folders even when encoded (URL standard, 4.4),
 * so a space is added, which makes them unknown IDs.
 */
export const pathSegment = (id: string): string =>
	/^\.{1,2}$/.test(id) ? `${id}%20` : encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'));
