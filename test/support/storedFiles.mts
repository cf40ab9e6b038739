import type { IBinaryData } from 'n8n-workflow';
import { binaryDataService } from './n8n.mjs';

/** The bytes of a file in n8n's storage, or in the item in memory mode. */
export const storedBytes = (binary: IBinaryData): Promise<Buffer> =>
	binaryDataService().getAsBuffer(binary);

export const storedText = async (binary: IBinaryData) =>
	(await storedBytes(binary)).toString('utf8');
