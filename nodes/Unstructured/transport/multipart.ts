import { cleanFileName, cleanMimeType } from './fileNames';
import { openFile, type OpenFile } from './openFile';

/**
 * When less than this is left to read of a file, the next one is opened: of many small files the time goes into waiting for
 * the disk. Not earlier: storage that is far away closes a file that is kept open for long.
 */
const AHEAD_BYTES = 256 * 1024;

/** One file of a form: the shape of a web `File`, as far as axios reads it. */
export interface FilePart {
	name: string;
	type: string;
	/** Exact number of bytes that `stream` gives: Content-Length is built from it. */
	size: number;
	/** Opens the file, when its turn comes or is near. */
	stream: () => AsyncIterable<Uint8Array>;
}

/**
 * A multipart form that axios, inside n8n, encodes and streams by itself because it looks like a spec-compliant
 * FormData: exact Content-Length, at most two files open at once, nothing whole in memory (docs/n8n-notes.md 1.4;
 * axios 1.12 to 1.18, `lib/helpers/formDataToStream.js`). n8n drops a body without own enumerable properties;
 * `parts` is one.
 */
export class MultipartForm implements Iterable<[string, string | FilePart]> {
	readonly parts: Array<[string, string | FilePart]> = [];

	/** Bytes of files that were not handed over yet. While there are some, no server has the whole request. */
	unsent = 0;

	/** When the last byte of the files was handed over, in Unix milliseconds. Nothing is made from the form before. */
	handedOverAt: number | undefined;

	private readonly files: FilePart[] = [];

	/** By their place: the file that is sent, and the one that comes next. */
	private readonly opened = new Map<number, OpenFile>();

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

	/**
	 * To be called when the exchange is over, however it ended. axios leaves a body that it no longer sends as it is, with its
	 * file open.
	 */
	close() {
		this.closed = true;
		for (const file of this.opened.values()) file.close();
	}

	private filePart(file: FilePart): FilePart {
		this.unsent += file.size;
		const place = this.files.push(file) - 1;
		return {
			name: cleanFileName(file.name),
			type: cleanMimeType(file.type),
			size: file.size,
			stream: () => this.counted(file, place),
		};
	}

	private async *counted(file: FilePart, place: number) {
		let left = file.size;
		for await (const chunk of this.open(file, place)) {
			left -= chunk.length;
			const next = this.files[place + 1];
			// n8n's database gives a file in one piece: another one beside it would be one more in memory.
			const isPiece = chunk.length <= AHEAD_BYTES;
			if (next && isPiece && left < AHEAD_BYTES) this.open(next, place + 1);
			if (this.unsent === chunk.length) this.handedOverAt = Date.now();
			yield chunk;
			this.unsent -= chunk.length;
		}
		this.opened.delete(place);
		this.throwIfClosed();
	}

	private open(file: FilePart, place: number): OpenFile {
		this.throwIfClosed();
		const open = this.opened.get(place) ?? openFile(file.stream);
		this.opened.set(place, open);
		return open;
	}

	/** Ends the request, which would otherwise be shorter than its Content-Length says. */
	private throwIfClosed() {
		if (this.closed) throw new Error('The exchange is over');
	}
}
