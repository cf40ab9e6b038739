import type { ExtractedShape } from '../elements/extract.mjs';

/** How the emulator behaves. All of it can be set for a test by `POST /_emulator/reset`. */
export interface EmulatorOptions {
	/** Seconds from a job's start to its end. */
	jobSeconds: number;
	/** What a job ends as: COMPLETED, FAILED or STOPPED. */
	outcome: string;
	/** Leave `input_file_ids`, `output_node_files` and `runtime` out of jobs that are read, as observed (docs/api-notes.md 5.1). */
	omitOptionalJobKeys: boolean;
	/** The status of a download before the job's end: 404 or 400; neither is documented. */
	downloadBeforeEnd: number;
	/** Seconds that must lie between two launches of on-demand jobs. */
	launchSpacing: number;
	/** Seconds from the last byte of a form to the job's creation. The platform needs some, too. */
	acceptSeconds: number;
	/** How extracted data comes, whatever the node says: see elements/extract.mts. Null for what the node says. */
	extractedShape: ExtractedShape | null;
	/** Take an extractor with a schema and guidance; some pages say that it has only one of them. */
	guidanceWithSchema: boolean;
	/** Calls of the status of a job's files in a minute; more are 429. */
	fileStatusPerMinute: number;
	/** Seconds that the check of a connector's connection takes. */
	checkSeconds: number;
	/** Send job events to the notification channels. */
	deliverEvents: boolean;
	/** Seconds from each attempt of a delivery that was not taken to the next one; the first two of Svix (docs/api-notes.md 8.5). */
	retrySeconds: number[];
	/** Seconds within which a receiver has to answer. */
	receiverSeconds: number;
}

export const DEFAULT_OPTIONS: EmulatorOptions = {
	jobSeconds: 2,
	outcome: 'COMPLETED',
	omitOptionalJobKeys: false,
	downloadBeforeEnd: 404,
	launchSpacing: 1,
	acceptSeconds: 0.1,
	extractedShape: null,
	guidanceWithSchema: true,
	fileStatusPerMinute: 12,
	checkSeconds: 0.5,
	deliverEvents: true,
	retrySeconds: [5, 300],
	receiverSeconds: 15,
};

export const DEFAULT_PORT = 8765;
