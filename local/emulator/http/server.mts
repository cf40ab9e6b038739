import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import fastify from 'fastify';
import { addApi } from './api.mjs';
import { addControl } from '../control/index.mjs';
import { addFaultHooks } from '../faults/hooks.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { KEYS, type Product } from './products.mjs';
import { DEFAULT_PORT, type EmulatorOptions } from '../platform/options.mjs';
import { EmulatorState } from '../platform/state.mjs';

/** The longest time from a state change of a job to its events, in milliseconds. */
const TICK = 25;

export interface Emulator {
	/** Without a trailing slash. */
	url: string;
	key: string;
	/** Stops the server and deletes the uploads. */
	close: () => Promise<void>;
}

export interface StartOptions extends Partial<EmulatorOptions> {
	/** 0 for any free port. */
	port?: number;
	/** `pipelines` by default. */
	product?: Product;
	/** The key of the product by default. */
	key?: string;
}

/**
 * Starts the Unstructured API on 127.0.0.1, with a temporary folder for uploads.
 * @throws the system's error (`code` EADDRINUSE) if the port is in use
 */
export async function startEmulator(options: StartOptions = {}): Promise<Emulator> {
	const { port = DEFAULT_PORT, product = 'pipelines', ...rest } = options;
	const { key = KEYS[product], ...behaviour } = rest;
	const folder = await mkdtemp(join(tmpdir(), 'unstructured-emulator-'));
	const state = new EmulatorState(key, folder, behaviour);
	const server = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 });
	await server.register(multipart, {
		preservePath: true,
		limits: {
			fieldSize: Infinity,
			fileSize: Infinity,
			files: Infinity,
			parts: Infinity,
			fields: Infinity,
		},
	});
	server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		if (error instanceof HttpError) {
			return reply.code(error.status).send({ detail: error.detail });
		}
		const status = error.statusCode ?? 500;
		if (status >= 500) console.error(error);
		return reply.code(status).send({ detail: error.message });
	});
	server.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not Found' }));
	state.log.listen(server);
	addFaultHooks(server, state);
	await addApi(server, state, product);
	addControl(server, state);
	const ticks = setInterval(() => state.tick(), TICK);
	const close = async () => {
		clearInterval(ticks);
		state.deliveries.clear();
		await server.close();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await server.listen({ port, host: '127.0.0.1' });
	} catch (error) {
		await close();
		throw error;
	}
	const { port: bound } = server.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${bound}`, key, close };
}
