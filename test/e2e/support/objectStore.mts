import { setTimeout as delay } from 'node:timers/promises';
import { BUCKET, type ObjectStore, startS3, type StoredObject } from '../../../local/s3/server.mjs';

interface Fetched {
	key: string;
	content: Buffer;
}

export interface ObjectSink extends ObjectStore {
	/** The objects stored so far. */
	objects: StoredObject[];
	put: (key: string, content: string) => Promise<void>;
	/** Waits for so many further objects and returns their contents; @throws Error after 60 s */
	nextObjects(count: number): Promise<Fetched[]>;
}

/** An S3-compatible server that reports the objects it received. */
export async function startObjectStore(): Promise<ObjectSink> {
	const objects: StoredObject[] = [];
	let asked = 0;
	const server = await startS3((object) => objects.push(object));
	const read = async ({ key }: StoredObject): Promise<Fetched> => {
		const path = key.split('/').map(encodeURIComponent).join('/');
		const response = await fetch(`${server.url}/${BUCKET}/${path}`);
		if (!response.ok) throw new Error(`${key}: ${response.status}`);
		return { key, content: Buffer.from(await response.arrayBuffer()) };
	};
	return {
		...server,
		objects,
		async put(key, content) {
			const response = await fetch(`${server.url}/${BUCKET}/${key}`, {
				method: 'PUT',
				body: content,
			});
			if (!response.ok) throw new Error(`${key}: ${response.status}`);
		},
		async nextObjects(count) {
			const from = asked;
			asked += count;
			for (let tries = 0; tries < 600 && objects.length < asked; tries++) await delay(100);
			if (objects.length < asked)
				throw new Error(`Only ${objects.length - from} were stored in 60 s`);
			return await Promise.all(objects.slice(from, asked).map(read));
		},
	};
}
