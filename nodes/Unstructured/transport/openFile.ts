/** A file that is being read. */
export interface OpenFile extends AsyncIterable<Uint8Array> {
	/** Closes the file, even if its reader stopped in the middle. It returns nothing more after that. */
	close: () => void;
}

/** Opens a file and reads its first bytes at once, before they are requested. Its errors are thrown to the reader. */
export function openFile(stream: () => AsyncIterable<Uint8Array>): OpenFile {
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
