import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import type { ReceivedFile } from '../wire/receiveForm.mjs';
import type { IdentifiedNode } from './nodes.mjs';

export interface JobFile extends ReceivedFile {
	fileId: string;
	/** Why this file failed; null when it did not, absent until somebody asked. */
	error?: string | null;
}

export interface Job {
	id: string;
	workflowId: string;
	workflowName: string;
	nodes: IdentifiedNode[];
	/** Null for a workflow that reads from a source connector. */
	files: JobFile[] | null;
	/** Results go to a destination connector, so that there's nothing to download. */
	delivered: boolean;
	/** ISO time; no two jobs have the same. */
	createdAt: string;
	/** Unix milliseconds of the emulator's clock, as `endsAt`; infinite while it waits for a place. */
	startsAt: number;
	endsAt: number;
	takesMs: number;
	outcome: string;
	/** A status set by a test, or STOPPED after a cancel. */
	forced?: string;
	/** The state that its events were last sent for. */
	announced?: string;
	type: string;
	onDemand: boolean;
}

/** `2507.13305v1 a.pdf` -> `250713305v1-a-<8 hex>.pdf` (docs/api-notes.md 4.4). */
function fileId(name: string): string {
	const base = name.split(/[/\\]/).at(-1) ?? '';
	const extension = extname(base);
	const stem = base
		.slice(0, base.length - extension.length)
		.replace(/\./g, '')
		.replace(/\s+/g, '-');
	return `${stem}-${randomBytes(4).toString('hex')}${extension}`;
}

/** @param errors position of a file -> why it will have failed */
export const jobFiles = (files: ReceivedFile[], errors: Record<string, string> = {}): JobFile[] =>
	files.map((file, position) => ({
		...file,
		fileId: fileId(file.fileName),
		...(position in errors && { error: errors[position] }),
	}));

/** Statuses are told apart without regard to case, blanks and hyphens: `in progress` is IN_PROGRESS. */
export const normalStatus = (status: string) => status.toUpperCase().replace(/[ -]/g, '_');
