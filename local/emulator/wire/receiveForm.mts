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

/** One file part, as it came over the wire. */
export interface ReceivedFile {
	fieldName: string;
	/** Exactly as sent. */
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	/** Of what came; empty while it is still coming. */
	sha256: string;
	/** False while it is coming, and for ever when the request broke off. */
	complete: boolean;
	/** Where its content is kept. */
	path: string;
}

export interface ReceivedForm {
	files: ReceivedFile[];
	fields: Record<string, string>;
}

export const emptyForm = (): ReceivedForm => ({ files: [], fields: {} });

/** Files of the platform come in this field; the Python SDK spells it with brackets (docs/api-notes.md 3.1). */
const INPUT_FIELDS = ['input_files', 'input_files[]'];

export const inputFiles = ({ files }: ReceivedForm) =>
	files.filter(({ fieldName }) => INPUT_FIELDS.includes(fieldName));

/** Removes the contents of files that no job has. What is known of them stays. */
export async function discardFiles({ files }: ReceivedForm) {
	await Promise.all(files.map(({ path }) => rm(path, { force: true })));
}

/** Writes to disk, and keeps count in the file itself: what came before a break is known as well. */
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
	// Starlette takes a part for a file when it has a file name, even an empty one, and for text otherwise.
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
 * Streams the parts of a multipart request to disk, one after the other, and fills `form` as they come.
 * @throws HttpError 400 when it's not well-formed or breaks off, with FastAPI's words
 */
export async function receiveForm(request: FastifyRequest, form: ReceivedForm, folder: string) {
	try {
		// Every part as a stream: the parser would read JSON fields itself otherwise, and refuse some.
		for await (const part of request.parts({ isPartAFile: () => true })) {
			await receivePart(part as MultipartFile, form, folder);
		}
	} catch {
		await discardFiles(form);
		throw new HttpError(400, 'There was an error parsing the body');
	}
}
