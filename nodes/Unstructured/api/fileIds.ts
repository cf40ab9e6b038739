const HASH = /-[0-9a-f]{8}(?=(\.[^.]*)?$)/i;

/** The name under which a file was uploaded, as far as its id tells: the id without its hash (docs/api-notes.md 4.4). */
export const fileNameOf = (fileId: string) => fileId.replace(HASH, '');

/** What survives the platform's cleaning of a name: ASCII letters and digits, and the extension (docs/api-notes.md 4.4). */
function key(name: string) {
	const extension = /\.([^.]*)$/.exec(name)?.[1] ?? '';
	const stem = extension ? name.slice(0, -extension.length - 1) : name;
	const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
	return `${plain(stem)}.${plain(extension)}`;
}

/**
 * Whether the file ids of a job are those of the files that were sent, in any order. An id is the cleaned name with a
 * hash before the extension; the documentation also shows the bare name (docs/api-notes.md 4.4).
 */
export function sameFiles(fileIds: string[], fileNames: string[]): boolean {
	const ids = fileIds.map((id) => key(fileNameOf(id))).sort();
	const names = fileNames.map(key).sort();
	return ids.length === names.length && ids.every((id, i) => id === names[i]);
}

/**
 * The names under which the files of a job were uploaded, as far as their IDs tell, by ID. A suffix counts as a hash only
 * when each file of the job has one and at least one of them is no number, as a date would be. Two files never get one name:
 * those whose names would be the same keep their IDs.
 */
export function shownNames(fileIds: string[]): Map<string, string> {
	const suffixes = fileIds.map((id) => HASH.exec(id)?.[0] ?? '');
	const areHashes = suffixes.every(Boolean) && suffixes.some((suffix) => /[a-f]/i.test(suffix));
	const names = fileIds.map((id) => (areHashes ? fileNameOf(id) : id));
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return new Map(fileIds.map((id, i) => [id, counts.get(names[i]!) === 1 ? names[i]! : id]));
}
