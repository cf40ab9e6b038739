import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import type { ReceivedFile } from '../wire/receiveForm.mjs';
import type { IdentifiedNode } from './nodes.mjs';

export interface JobFile extends ReceivedFile {
	fileId: string;
	/** Why this file failed. Null if it did not, absent until it is read. */
	error?: string | null;
}

export interface Job {
	id: string;
	workflowId: string;
	workflowName: string;
	nodes: IdentifiedNode[];
	/** Null for a workflow that reads from a source connector. */
	files: JobFile[] | null;
	/** Whether the results go to a destination connector, so nothing can be downloaded. */
	delivered: boolean;
	/** ISO time. No two jobs have the same one. */
	createdAt: string;
	/** In Unix milliseconds of the emulator's clock, like `endsAt`. Infinite while the job waits for a place. */
	startsAt: number;
	endsAt: number;
	takesMs: number;
	outcome: string;
	/** A status set by a test, or STOPPED after a cancellation. */
	forced?: string;
	/** The state for which its events were last sent. */
	announced?: string;
	type: string;
	onDemand: boolean;
}

/** Returns 8 hexadecimal digits, with a letter: without one, a client can't tell them from a date in the name. */
function hash(): string {
	const digits = randomBytes(4).toString('hex');
	return /[a-f]/.test(digits) ? digits : hash();
}

/** Converts `2507.13305v1 a.pdf` to `250713305v1-a-<8 hex>.pdf` (docs/api-notes.md 4.4). */
function fileId(name: string): string {
	const base = name.split(/[/\\]/).at(-1) ?? '';
	const extension = extname(base);
	const stem = base
		.slice(0, base.length - extension.length)
		.replace(/\./g, '')
		.replace(/\s+/g, '-');
	return `${stem}-${hash()}${extension}`;
}

/** Creates a job. @param errors why files will have failed, by their position */
export const jobFiles = (files: ReceivedFile[], errors: Record<string, string> = {}): JobFile[] =>
	files.map((file, position) => ({
		...file,
		fileId: fileId(file.fileName),
		...(position in errors && { error: errors[position] }),
	}));

/** Normalizes a status: case, spaces, and hyphens don't matter. `in progress` is IN_PROGRESS. */
export const normalStatus = (status: string) => status.toUpperCase().replace(/[ -]/g, '_');
