import type { IBinaryData } from 'n8n-workflow';
import { binaryDataService } from './n8n.mjs';

/** The bytes of a file in n8n's storage, or in the item in memory mode. */
export const storedBytes = (binary: IBinaryData): Promise<Buffer> =>
	binaryDataService().getAsBuffer(binary);

export const storedText = async (binary: IBinaryData) =>
	(await storedBytes(binary)).toString('utf8');

/**
 * Delays n8n's storage before it reads what it stores, like a slow disk.
 * @returns a function that ends the delays
 */
export function delayStorage(wait: () => Promise<unknown>) {
	const service = binaryDataService();
	const store = service.store.bind(service);
	service.store = async (...args) => {
		await wait();
		return await store(...args);
	};
	return () => {
		service.store = store;
	};
}
