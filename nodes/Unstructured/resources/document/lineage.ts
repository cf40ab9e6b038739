import { cleanFileName } from '../../transport/fileNames';

/** A hash, as the platform puts it between the name of a file and its extension; in a name, what could be taken for one. */
const HASH = /[^0-9a-z][0-9a-f]{8}(?=\.[^.]*$|$)/i;

/**
 * What survives the platform's cleaning of a name: ASCII letters and digits (docs/api-notes.md 4.4). Where the extension
 * begins does not count, as that of a name such as `.txt` is not certain.
 */
const cleaned = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase();

/** What a file ID or a name may mean: the name as it is, or without what looks like a hash. */
const meanings = (name: string) => [cleaned(name), cleaned(name.replace(HASH, ''))];

/** `report.pdf` as `report-2.pdf`. Cleaned here, because a name that is shortened later could lose its number. */
const numbered = (name: string, number: number) =>
	cleanFileName(name, number === 1 ? '' : `-${number}`);

/**
 * Names under which the files of one job can be told apart on the platform, whatever its cleaning leaves of them. Those
 * that could collide with one before them get a number.
 */
export function distinctNames(names: string[]): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		for (let number = 1; ; number++) {
			const candidate = numbered(name, number);
			const keys = meanings(candidate);
			if (keys.some((key) => taken.has(key))) continue;
			for (const key of keys) taken.add(key);
			return candidate;
		}
	});
}

/**
 * The ID of each file, by its place among `names`, which `distinctNames` made. An ID that fits no name, or a second one of
 * the same name, is named instead.
 */
export function matchFileIds(
	fileIds: string[],
	names: string[],
): { ids: Map<number, string> } | { unknown: string } {
	const places = new Map<string, number>();
	for (const [place, name] of names.entries()) places.set(cleaned(name), place);
	const ids = new Map<number, string>();
	for (const fileId of fileIds) {
		const fitting = new Set(meanings(fileId).map((key) => places.get(key)));
		fitting.delete(undefined);
		const [place] = fitting;
		if (fitting.size !== 1 || ids.has(place!)) return { unknown: fileId };
		ids.set(place!, fileId);
	}
	return { ids };
}
