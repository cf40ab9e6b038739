import type { IBinaryData } from 'n8n-workflow';
import { binaryDataService } from './n8n.mjs';

/** The bytes of a file as n8n's storage, or the item in memory mode, has them. */
export const storedBytes = (binary: IBinaryData): Promise<Buffer> =>
	binaryDataService().getAsBuffer(binary);

export const storedText = async (binary: IBinaryData) =>
	(await storedBytes(binary)).toString('utf8');
