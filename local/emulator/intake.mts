import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';

/** One file part, as it came over the wire. */
export interface ReceivedFile {
	fieldName: string;
	/** Exactly as sent. */
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	sha256: string;
	/** Where its content is kept. */
	path: string;
}

export interface ReceivedForm {
	files: ReceivedFile[];
	fields: Record<string, string>;
}

/** Streams the parts of a multipart request to disk, one after the other. Throws when the request breaks off. */
export async function receiveForm(request: FastifyRequest, folder: string): Promise<ReceivedForm> {
	const form: ReceivedForm = { files: [], fields: {} };
	for await (const part of request.parts()) {
		if (part.type === 'field') {
			form.fields[part.fieldname] = String(part.value);
			continue;
		}
		const path = join(folder, randomUUID());
		const hash = createHash('sha256');
		let size = 0;
		const measure = new Transform({
			transform(chunk: Buffer, _encoding, done) {
				hash.update(chunk);
				size += chunk.length;
				done(null, chunk);
			},
		});
		await pipeline(part.file, measure, createWriteStream(path));
		form.files.push({
			fieldName: part.fieldname,
			fileName: part.filename,
			contentType: part.mimetype,
			size,
			sha256: hash.digest('hex'),
			path,
		});
	}
	return form;
}
