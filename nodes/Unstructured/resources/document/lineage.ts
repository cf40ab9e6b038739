import { cleanFileName } from '../../transport/fileNames';

/** A hash that the platform puts between a file's name and its extension, or a part of a name that looks like one. */
const HASH = /[^0-9a-z][0-9a-f]{8}(?=\.[^.]*$|$)/i;

/**
 * The characters that survive the platform's cleaning of a name: ASCII letters and digits (docs/api-notes.md 4.4). The start
 * of the extension does not count, because it is uncertain in a name such as `.txt`.
 */
const cleaned = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase();

/** The possible names of a file ID or name: unchanged, or without a part that looks like a hash. */
const meanings = (name: string) => [cleaned(name), cleaned(name.replace(HASH, ''))];

/** Turns `report.pdf` into `report-2.pdf`. The name is cleaned here, because shortening it later could remove the number. */
const numbered = (name: string, number: number) =>
	cleanFileName(name, number === 1 ? '' : `-${number}`);

/**
 * Names that keep the files of one job distinct on the platform after its cleaning. Those that could collide with an
 * earlier one get a number.
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
 * The ID of each file, by its index in `names` from `distinctNames`. An ID that matches no name, or a second one for
 * the same name, is returned instead.
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
