import { createHash } from 'node:crypto';
import type { Fault } from '../../../local/emulator/faults/plan.mjs';
import type { LoggedRequest } from '../../../local/emulator/wire/requestLog.mjs';

/** A file as received, or as expected. */
export interface SentFile {
	field: string;
	name: string;
	type: string;
	sha256: string;
}

/** The expected form of a sent file. */
export function sentFile(name: string, type: string, content: string | Buffer): SentFile {
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { field: 'input_files', name, type, sha256 };
}

/** All requests to the API, the oldest first. */
export async function requests(emulatorUrl: string): Promise<LoggedRequest[]> {
	const response = await fetch(`${emulatorUrl}/_emulator/requests`);
	return (await response.json()) as LoggedRequest[];
}

/** The files of each requested job, the oldest first. */
export async function uploads(emulatorUrl: string): Promise<SentFile[][]> {
	const seen = await requests(emulatorUrl);
	return seen
		.filter(({ method, path }) => method === 'POST' && /\/(run|jobs\/)$/.test(path))
		.map(({ files }) =>
			files.map(({ fieldName, fileName, contentType, sha256 }) => ({
				field: fieldName,
				name: fileName,
				type: contentType,
				sha256,
			})),
		);
}

async function control(emulatorUrl: string, path: string, body: unknown): Promise<void> {
	const response = await fetch(`${emulatorUrl}/_emulator/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The emulator answered ${response.status}`);
}

/** Sets the outcome of the jobs that start from now on. */
export async function setOutcome(
	emulatorUrl: string,
	outcome: 'COMPLETED' | 'FAILED' | 'STOPPED',
): Promise<void> {
	await control(emulatorUrl, 'options', { outcome });
}

/** Sets the fault of the next matching request. */
export async function setFault(emulatorUrl: string, fault: Fault): Promise<void> {
	await control(emulatorUrl, 'faults', [fault]);
}
