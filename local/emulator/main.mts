import { DEFAULT_KEY, DEFAULT_OPTIONS, DEFAULT_PORT } from './options.mjs';
import { startEmulator } from './server.mjs';
import { SEEDED } from './seeds.mjs';

const port = Number(process.env.PORT ?? DEFAULT_PORT);
const jobSeconds = Number(process.env.JOB_SECONDS ?? DEFAULT_OPTIONS.jobSeconds);

try {
	const { url, key, close } = await startEmulator({
		port,
		key: process.env.API_KEY ?? DEFAULT_KEY,
		jobSeconds,
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void close().then(() => process.exit(0)));
	}
	console.log(`Unstructured API emulator on ${url}`);
	console.log(`  API key            ${key}`);
	console.log(`  a job takes        ${jobSeconds} s`);
	console.log(`  takes files        ${SEEDED.localFiles} (Local files to elements)`);
	console.log(
		`                     ${SEEDED.localFilesWithEmbeddings} (with chunks and embeddings)`,
	);
	console.log(`  reads a bucket     ${SEEDED.bucketToPinecone} (Bucket to Pinecone)`);
} catch (error) {
	const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	console.error(
		taken
			? `Port ${port} is in use. Set PORT to another one, e.g. PORT=8766 npm run emulator`
			: error,
	);
	process.exitCode = 1;
}
