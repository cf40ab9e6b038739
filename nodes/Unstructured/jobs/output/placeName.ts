/** Names a part of a file after the file and the place in it: `report.pdf-page-2-table-1.csv`. */
export function placeName(
	fileName: string,
	page: number | null,
	what: string,
	extension: string,
): string {
	return `${fileName}${page === null ? '' : `-page-${page}`}-${what}.${extension}`;
}
