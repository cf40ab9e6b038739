import { SEEDED } from './platform/seeds.mjs';
import { startEmulator } from './http/server.mjs';
import { readSettings, SettingError } from './settings.mjs';

/** What to say of an error that keeps the emulator from starting. */
function explain(error: unknown): unknown {
	if (error instanceof SettingError) return error.message;
	const { code, port } = error as NodeJS.ErrnoException & { port?: number };
	return code === 'EADDRINUSE'
		? `Port ${port} is in use. Set PORT to another one, e.g. PORT=8766 npm run emulator`
		: error;
}

try {
	const settings = readSettings(process.env);
	const { url, key, close } = await startEmulator(settings);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void close().then(() => process.exit(0)));
	}
	console.log(`Unstructured API emulator on ${url}`);
	console.log(`  product            ${settings.product}`);
	console.log(`  API key            ${key}`);
	console.log(`  a job takes        ${settings.jobSeconds} s`);
	if (settings.product === 'pipelines') {
		console.log(`  takes files        ${SEEDED.localFiles} (Local files to elements)`);
		console.log(
			`                     ${SEEDED.localFilesWithEmbeddings} (with chunks and embeddings)`,
		);
		console.log(`  reads a bucket     ${SEEDED.bucketToPinecone} (Bucket to Pinecone)`);
	}
} catch (error) {
	console.error(explain(error));
	process.exitCode = 1;
}
