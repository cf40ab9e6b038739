import { cleanFileName, cleanMimeType } from '../shared/fileNames';

/** One file of a form: the shape of a web `File`, as far as axios reads it. */
export interface FilePart {
	name: string;
	type: string;
	/** Exact number of bytes that `stream` gives: Content-Length is built from it. */
	size: number;
	/** Opens the file, when its turn comes. */
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

	/** Bytes of files that were not handed over yet. While there are some, no server has the whole request. */
	unsent = 0;

	get [Symbol.toStringTag]() {
		return 'FormData';
	}

	/** Adds a field. File names and types are made safe for the header that carries them. */
	append(field: string, value: string | FilePart) {
		this.parts.push([field, typeof value === 'string' ? value : this.filePart(value)]);
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

	private filePart(file: FilePart): FilePart {
		this.unsent += file.size;
		return {
			name: cleanFileName(file.name),
			type: cleanMimeType(file.type),
			size: file.size,
			stream: () => this.counted(file),
		};
	}

	private async *counted(file: FilePart) {
		for await (const chunk of file.stream()) {
			yield chunk;
			this.unsent -= chunk.length;
		}
	}
}
