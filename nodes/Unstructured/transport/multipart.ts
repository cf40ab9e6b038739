import { cleanFileName, cleanMimeType } from './fileNames';
import { openFile, type OpenFile } from './openFile';

/**
 * The rest of a file at which the next one is opened: with many small files, waiting for the disk would take most of the
 * time. Not earlier, because remote storage closes files that stay open for long.
 */
const AHEAD_BYTES = 256 * 1024;

/** One file of a form, with the properties of a web `File` that axios reads. */
export interface FilePart {
	name: string;
	type: string;
	/** The exact number of bytes in `stream`, from which Content-Length is calculated. */
	size: number;
	/** Opens the file. Called when its turn comes, or shortly before. */
	stream: () => AsyncIterable<Uint8Array>;
}

/**
 * A multipart form that axios, inside n8n, encodes and streams by itself, because it looks like a spec-compliant FormData. So
 * Content-Length is exact, at most two files are open, and no file is completely in memory (docs/n8n-notes.md 1.4; axios 1.12
 * to 1.18, `lib/helpers/formDataToStream.js`). n8n drops a body without own enumerable properties: `parts` is one.
 */
export class MultipartForm implements Iterable<[string, string | FilePart]> {
	readonly parts: Array<[string, string | FilePart]> = [];

	/** The bytes of files that were not handed over yet. Until it is 0, no server has the complete request. */
	unsent = 0;

	/** When the last byte of the files was handed over, in Unix milliseconds. The server creates nothing before that. */
	handedOverAt: number | undefined;

	private readonly files: FilePart[] = [];

	/** The file that is being sent and the next one, by their position. */
	private readonly opened = new Map<number, OpenFile>();

	private closed = false;

	get [Symbol.toStringTag]() {
		return 'FormData';
	}

	/** Adds a field. Makes file names and types safe for the header that contains them. */
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
	 * Closes the open files. Must be called after the exchange, whatever its outcome: axios does not close a body that it
	 * stops sending.
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
			// n8n's database returns a file in one piece. Opening the next one too would keep both in memory.
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

	/** Fails the request, which would otherwise be shorter than its Content-Length. */
	private throwIfClosed() {
		if (this.closed) throw new Error('The exchange is over');
	}
}
