import { cleanFileName, cleanMimeType } from '../shared/fileNames';
import { openAhead, type AheadFile } from './openAhead';

/** So near the end of a file the next one is opened; storage that is far away would close a file kept open for long. */
const AHEAD_BYTES = 256 * 1024;

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
 * FormData: exact Content-Length, at most two files open at once, nothing whole in memory (n8n-platform.md 1.4 C;
 * axios 1.12 to 1.18, `lib/helpers/formDataToStream.js`). n8n drops a body without own enumerable properties;
 * `parts` is one.
 */
export class MultipartForm implements Iterable<[string, string | FilePart]> {
	readonly parts: Array<[string, string | FilePart]> = [];

	/** Bytes of files that were not handed over yet. While there are some, no server has the whole request. */
	unsent = 0;

	private readonly files: FilePart[] = [];

	/** The file that comes next, opened before its turn. */
	private ahead?: { file: FilePart; opened: AheadFile };

	private closed = false;

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

	/** To be called when the exchange is over, however it ended: a file opened before its turn is closed. */
	close() {
		this.closed = true;
		this.ahead?.opened.close();
		this.ahead = undefined;
	}

	private filePart(file: FilePart): FilePart {
		this.unsent += file.size;
		const next = this.files.push(file);
		return {
			name: cleanFileName(file.name),
			type: cleanMimeType(file.type),
			size: file.size,
			stream: () => this.counted(file, next),
		};
	}

	private async *counted(file: FilePart, next: number) {
		let left = file.size;
		for await (const chunk of this.take(file)) {
			left -= chunk.length;
			if (left < AHEAD_BYTES) this.openAhead(this.files[next]);
			yield chunk;
			this.unsent -= chunk.length;
		}
	}

	private take(file: FilePart): AsyncIterable<Uint8Array> {
		const { ahead } = this;
		if (ahead?.file !== file) return file.stream();
		this.ahead = undefined;
		return ahead.opened;
	}

	private openAhead(file: FilePart | undefined) {
		if (!file || this.ahead || this.closed) return;
		this.ahead = { file, opened: openAhead(file.stream) };
	}
}
