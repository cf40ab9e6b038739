import { SEEDED } from './platform/seeds.mjs';
import { startEmulator } from './http/server.mjs';
import { readSettings, SettingError } from './settings.mjs';

/** Returns what to print for an error that prevents the start. */
function explain(error: unknown): unknown {
	if (error instanceof SettingError) return error.message;
	const { code, port } = error as NodeJS.ErrnoException & { port?: number };
	return code === 'EADDRINUSE'
		? `Port ${port} is in use. Set PORT to another one, for example: PORT=8766 npm run emulator`
		: error;
}

try {
	const settings = readSettings(process.env);
	const { url, key, close } = await startEmulator(settings);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void close().then(() => process.exit(0)));
	}
	console.log(`Unstructured API emulator on ${url}`);
	console.log(`  Product            ${settings.product}`);
	console.log(`  API key            ${key}`);
	console.log(`  Job duration       ${settings.jobSeconds} s`);
	if (settings.product === 'pipelines') {
		console.log(`  Workflows          ${SEEDED.localFiles} (Local files to elements)`);
		console.log(
			`                     ${SEEDED.localFilesWithEmbeddings} (Local files to chunks with embeddings)`,
		);
		console.log(`                     ${SEEDED.bucketToPinecone} (Bucket to Pinecone)`);
	}
} catch (error) {
	console.error(explain(error));
	process.exitCode = 1;
}
