import type { ExtractedShape } from '../elements/extract.mjs';

/** The behavior of the emulator. A test can set every option with `POST /_emulator/reset`. */
export interface EmulatorOptions {
	/** The duration of a job in seconds. */
	jobSeconds: number;
	/** The final status of a job: COMPLETED, FAILED, or STOPPED. */
	outcome: string;
	/** Omit `input_file_ids`, `output_node_files`, and `runtime` from jobs that are read, as observed (docs/api-notes.md 5.1). */
	omitOptionalJobKeys: boolean;
	/** The status of a download before the end of the job: 404 or 400. Neither is documented. */
	downloadBeforeEnd: number;
	/** The minimum number of seconds between two on-demand jobs. */
	launchSpacing: number;
	/** Seconds from the last byte of a form to the creation of the job. The platform has such a delay as well. */
	acceptSeconds: number;
	/** The shape of extracted data, whatever the node says: see elements/extract.mts. Null to follow the node. */
	extractedShape: ExtractedShape | null;
	/** Accept an extractor with a schema and guidance. Some pages allow only one of them. */
	guidanceWithSchema: boolean;
	/** The most calls per minute for the status of a job's files. Further ones return a 429. */
	fileStatusPerMinute: number;
	/** The duration of a connection check in seconds. */
	checkSeconds: number;
	/** Send job events to the notification channels. */
	deliverEvents: boolean;
	/** Seconds from each rejected attempt to the next. The default has the first two of Svix (docs/api-notes.md 8.5). */
	retrySeconds: number[];
	/** Seconds within which a receiver must respond. */
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
