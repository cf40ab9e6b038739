/** The eight hexadecimal digits that the platform adds to a name, before the extension (docs/api-notes.md 4.4). */
const HASH = /-([0-9a-f]{8})(?=(?:\.[^.]*)?$)/i;

/** Whether the digits are a date such as 20240131, 31012024, or 01312024, as in many file names. */
function isDate(digits: string) {
	if (!/^\d{8}$/.test(digits)) return false;
	const read = (at: number, length: number) => Number(digits.slice(at, at + length));
	const isDay = (day: number) => day >= 1 && day <= 31;
	const isMonth = (month: number) => month >= 1 && month <= 12;
	const isYear = (year: number) => year >= 1900 && year <= 2099;
	const [one, two] = [read(0, 2), read(2, 2)];
	if (isYear(read(4, 4))) return (isDay(one) && isMonth(two)) || (isMonth(one) && isDay(two));
	return isYear(read(0, 4)) && isMonth(read(4, 2)) && isDay(read(6, 2));
}

/** Removes the hash of an ID. Undefined without one, or if it could be a date: such a name is far more likely than such a hash. */
function withoutHash(fileId: string) {
	const [, digits] = HASH.exec(fileId) ?? [];
	return digits === undefined || isDate(digits) ? undefined : fileId.replace(HASH, '');
}

/**
 * Converts a name as the platform does for an ID: removes dots within the stem, and replaces spaces with hyphens. Letters of
 * every script are kept: what the platform does to them is unknown, and two names must never count as one.
 */
function cleaned(name: string) {
	const extension = /\.[^.]*$/.exec(name)?.[0] ?? '';
	const stem = name.slice(0, name.length - extension.length);
	return (stem.replace(/\./g, '').replace(/\s+/g, '-') + extension).normalize('NFC');
}

/**
 * Whether a job with these file IDs has exactly the files that were sent, in any order. All IDs have a hash, or none has.
 * @param fileNames the names that were sent
 */
export function sameFiles(fileIds: string[], fileNames: string[]): boolean {
	if (fileIds.length !== fileNames.length) return false;
	const sent = fileNames.map(cleaned).sort();
	const isSent = (names: Array<string | undefined>) =>
		names
			.map((name) => name !== undefined && cleaned(name))
			.sort()
			.every((name, i) => name === sent[i]);
	return isSent(fileIds) || isSent(fileIds.map(withoutHash));
}

/**
 * Returns the names under which the files of a job were uploaded, by ID, as far as the IDs reveal them. A suffix counts as a
 * hash only if each file of the job has one and at least one of them is not a number, which could be a date. Two files never
 * get the same name: they keep their IDs instead.
 * @param fileIds all IDs of one job
 */
export function shownNames(fileIds: string[]): Map<string, string> {
	const bare = fileIds.map(withoutHash);
	const areHashes =
		bare.every((name) => name !== undefined) &&
		fileIds.some((id) => /[a-f]/i.test(HASH.exec(id)?.[1] ?? ''));
	const names = fileIds.map((id, i) => (areHashes ? bare[i]! : id));
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return new Map(fileIds.map((id, i) => [id, counts.get(names[i]!) === 1 ? names[i]! : id]));
}
