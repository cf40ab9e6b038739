import { createHash } from 'node:crypto';

/** An element that a parser finds, in the order of the document. */
export interface Found {
	/** An element type of the platform, for example `Title` (docs/api-notes.md 9.1). */
	type: string;
	text: string;
	metadata?: Record<string, unknown>;
}

/** Reads a document. Throws if the file is of another kind. */
export type Parser = (content: Buffer) => Found[] | Promise<Found[]>;

/** Returns 32 hex digits that are the same for the same text at the same position, like those of the platform. */
export const elementId = (text: string, position: number) =>
	createHash('sha256').update(`${position}:${text}`).digest('hex').slice(0, 32);

/** Splits a text into paragraphs at empty lines. */
export const paragraphs = (text: string): Found[] =>
	text
		.split(/\r?\n\s*\r?\n/)
		.map((paragraph) => paragraph.trim())
		.filter(Boolean)
		.map((paragraph) => ({ type: 'NarrativeText', text: paragraph }));
