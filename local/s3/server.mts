import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';

/** The bucket that the examples write to. */
export const BUCKET = 'results';

export interface StoredObject {
	key: string;
	/** Bytes. */
	size: number;
}

export interface ObjectStore {
	url: string;
	accessKeyId: string;
	secretAccessKey: string;
	/** Stops the server and deletes its objects. */
	close(): Promise<void>;
}

/** The only account. Requests that are signed by another one are rejected. */
const ACCOUNT = 'S3RVER';

interface StoreEvent {
	Records: Array<{ eventName: string; s3: { object: { key: string; size: number } } }>;
}

/**
 * Starts a real S3-compatible server on a free port of this machine, with one bucket, in a temporary folder.
 * @param onStored called for each stored object
 */
export async function startS3(onStored: (object: StoredObject) => void): Promise<ObjectStore> {
	const directory = await mkdtemp(join(tmpdir(), 's3-'));
	const server = new S3rver({
		address: '127.0.0.1',
		port: 0,
		silent: true,
		directory,
		vhostBuckets: false,
		configureBuckets: [{ name: BUCKET, configs: [] }],
	});
	const emitter = server as unknown as NodeJS.EventEmitter;
	emitter.on('event', ({ Records }: StoreEvent) => {
		for (const { s3 } of Records.filter(({ eventName }) => eventName.startsWith('ObjectCreated'))) {
			onStored({ key: s3.object.key, size: s3.object.size });
		}
	});
	const { port }: AddressInfo = await server.run();
	return {
		url: `http://127.0.0.1:${port}`,
		accessKeyId: ACCOUNT,
		secretAccessKey: ACCOUNT,
		async close() {
			await server.close();
			await rm(directory, { recursive: true, force: true });
		},
	};
}
