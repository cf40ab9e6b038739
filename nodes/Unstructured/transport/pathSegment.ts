/**
 * An id as one segment of a path, whatever is in it. `.` and `..` would still be taken for folders, encoded or not
 * (URL standard, 4.4), so they get a blank that makes them unknown ids.
 */
export const pathSegment = (id: string): string =>
	/^\.{1,2}$/.test(id) ? `${id}%20` : encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'));
