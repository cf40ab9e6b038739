/** Eight hexadecimal digits before the extension, which the platform adds to a name (docs/api-notes.md 4.4). */
const HASH = /-([0-9a-f]{8})(?=(?:\.[^.]*)?$)/i;

/** A calendar date such as 20240131, 31012024 or 01312024, which stands in many file names. */
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

/** An ID without its hash. One that ends like a date has none: such a name is far more likely than such a hash. */
function withoutHash(fileId: string) {
	const [, digits] = HASH.exec(fileId) ?? [];
	return digits === undefined || isDate(digits) ? undefined : fileId.replace(HASH, '');
}

/**
 * A name as the platform writes it into an ID: dots within the stem vanish, spaces become hyphens. Letters of every script
 * stay as they are: what the platform does to them is not known, and two names must never count as one.
 */
function cleaned(name: string) {
	const extension = /\.[^.]*$/.exec(name)?.[0] ?? '';
	const stem = name.slice(0, name.length - extension.length);
	return (stem.replace(/\./g, '').replace(/\s+/g, '-') + extension).normalize('NFC');
}

/**
 * Whether a job with these file IDs has exactly the files that were sent, in any order: all IDs with a hash, or all bare.
 * @param fileNames as they were sent
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
 * The names under which the files of a job were uploaded, as far as their IDs tell, by ID. A suffix counts as a hash only
 * when each file of the job has one and at least one of them is no number, as a date would be. Two files never get one name:
 * those whose names would be the same keep their IDs.
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
