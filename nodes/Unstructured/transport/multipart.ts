import { cleanFileName, cleanMimeType } from '../shared/fileNames';

/** One file of a form: the shape of a web `File`, as far as axios reads it. */
export interface FilePart {
	name: string;
	type: string;
	/** Exact number of bytes that `stream` gives: Content-Length is built from it. */
	size: number;
	/** Opens the file. Called when its turn comes, and once more when the form is sent again. */
	stream: () => AsyncIterable<Uint8Array>;
}

/**
 * A multipart form that axios, inside n8n, encodes and streams by itself because it looks like a spec-compliant
 * FormData: exact Content-Length, one open file at a time, nothing whole in memory (n8n-platform.md 1.4 C;
 * axios 1.12 to 1.18, `lib/helpers/formDataToStream.js`). n8n drops a body without own enumerable properties;
 * `parts` is one.
 */
export class MultipartForm implements Iterable<[string, string | FilePart]> {
	readonly parts: Array<[string, string | FilePart]> = [];

	get [Symbol.toStringTag]() {
		return 'FormData';
	}

	/** Adds a field. File names and types are made safe for the header that carries them. */
	append(field: string, value: string | FilePart) {
		const part =
			typeof value === 'string'
				? value
				: { ...value, name: cleanFileName(value.name), type: cleanMimeType(value.type) };
		this.parts.push([field, part]);
	}

	entries() {
		return this.parts[Symbol.iterator]();
	}

	[Symbol.iterator]() {
		return this.entries();
	}

	forEach(callback: (value: string | FilePart, field: string, form: this) => void) {
		for (const [field, value] of this.parts) callback(value, field, this);
	}
}
