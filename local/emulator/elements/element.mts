import { createHash } from 'node:crypto';

/** What a parser finds, in the order of the document. */
export interface Found {
	/** An element type of the platform, e.g. `Title` (docs/api-notes.md 9.1). */
	type: string;
	text: string;
	metadata?: Record<string, unknown>;
}

/** Reads a document. Throws when it is not one of its kind. */
export type Parser = (content: Buffer) => Found[] | Promise<Found[]>;

/** 32 hex digits that stay the same for the same text at the same place, as the platform's do. */
export const elementId = (text: string, position: number) =>
	createHash('sha256').update(`${position}:${text}`).digest('hex').slice(0, 32);

/** Text as paragraphs, split at blank lines. */
export const paragraphs = (text: string): Found[] =>
	text
		.split(/\r?\n\s*\r?\n/)
		.map((paragraph) => paragraph.trim())
		.filter(Boolean)
		.map((paragraph) => ({ type: 'NarrativeText', text: paragraph }));
