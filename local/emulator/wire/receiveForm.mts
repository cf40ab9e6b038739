import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { HttpError } from './httpError.mjs';

/** One file part as received. */
export interface ReceivedFile {
	fieldName: string;
	/** Exactly as sent. */
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	/** The hash of the received bytes. Empty until all have arrived. */
	sha256: string;
	/** False while it is arriving, and forever if the request was interrupted. */
	complete: boolean;
	/** The file with its content. */
	path: string;
}

export interface ReceivedForm {
	files: ReceivedFile[];
	fields: Record<string, string>;
}

export const emptyForm = (): ReceivedForm => ({ files: [], fields: {} });

/** The field for the files of the platform. The Python SDK spells it with brackets (docs/api-notes.md 3.1). */
const INPUT_FIELDS = ['input_files', 'input_files[]'];

export const inputFiles = ({ files }: ReceivedForm) =>
	files.filter(({ fieldName }) => INPUT_FIELDS.includes(fieldName));

/** Deletes the contents of files without a job. Their metadata stays. */
export async function discardFiles({ files }: ReceivedForm) {
	await Promise.all(files.map(({ path }) => rm(path, { force: true })));
}

/** Writes to disk, and counts in the file itself, so the bytes before an interruption are known as well. */
async function keep(content: Readable, file: ReceivedFile) {
	const hash = createHash('sha256');
	const measure = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			hash.update(chunk);
			file.size += chunk.length;
			done(null, chunk);
		},
	});
	try {
		await pipeline(content, measure, createWriteStream(file.path));
		file.complete = true;
	} finally {
		file.sha256 = hash.digest('hex');
	}
}

async function receivePart(part: MultipartFile, form: ReceivedForm, folder: string) {
	// Starlette treats a part with a file name, even an empty one, as a file, and any other as text.
	const fileName = part.filename as string | undefined;
	if (fileName === undefined) {
		form.fields[part.fieldname] = await text(part.file);
		return;
	}
	const file: ReceivedFile = {
		fieldName: part.fieldname,
		fileName,
		contentType: part.mimetype,
		size: 0,
		sha256: '',
		complete: false,
		path: join(folder, randomUUID()),
	};
	form.files.push(file);
	await keep(part.file, file);
}

/**
 * Streams the parts of a multipart request to disk, one after the other, and fills `form` as they arrive.
 * @throws HttpError 400 in the words of FastAPI if the request is malformed or interrupted
 */
export async function receiveForm(request: FastifyRequest, form: ReceivedForm, folder: string) {
	try {
		// Read every part as a stream: otherwise the parser would read JSON fields itself, and reject some.
		for await (const part of request.parts({ isPartAFile: () => true })) {
			await receivePart(part as MultipartFile, form, folder);
		}
	} catch {
		await discardFiles(form);
		throw new HttpError(400, 'There was an error parsing the body');
	}
}
