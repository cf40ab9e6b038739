/** A file whose first bytes are read before it is asked for them. */
export interface AheadFile extends AsyncIterable<Uint8Array> {
	/** Closes the file when it is not to be read any more. */
	close: () => void;
}

/**
 * Opens a file, and reads its first bytes, while another one is still being sent: of many small files the time goes
 * into waiting for the disk. Whoever reads it gets its errors.
 */
export function openAhead(stream: () => AsyncIterable<Uint8Array>): AheadFile {
	const iterator = stream()[Symbol.asyncIterator]();
	const first = iterator.next();
	const ignore = () => {};
	first.catch(ignore);
	return {
		async *[Symbol.asyncIterator]() {
			try {
				for (let step = await first; !step.done; step = await iterator.next()) yield step.value;
			} finally {
				await iterator.return?.();
			}
		},
		close() {
			iterator.return?.().catch(ignore);
		},
	};
}
