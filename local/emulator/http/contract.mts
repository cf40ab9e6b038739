import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Contract {
	paths: Record<string, Record<string, { operationId?: string }>>;
}

let contract: Contract | undefined;

/** `openapi.yaml`, the only description of the API. The emulator checks its own responses against it. */
export const readContract = (): Contract =>
	(contract ??= parse(
		readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8'),
	) as Contract);
