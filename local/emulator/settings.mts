import { WELL_FORMED } from './http/authenticate.mjs';
import { KEYS, PRODUCTS, type Product } from './http/products.mjs';
import { DEFAULT_OPTIONS, DEFAULT_PORT } from './platform/options.mjs';

export interface Settings {
	port: number;
	product: Product;
	key: string;
	/** Seconds. */
	jobSeconds: number;
}

/** An invalid setting. The message is for the user. */
export class SettingError extends Error {}

/**
 * Reads PORT, PRODUCT, API_KEY, and JOB_SECONDS.
 * @throws SettingError
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
	const port = Number(env.PORT ?? DEFAULT_PORT);
	if (!Number.isInteger(port) || port < 0 || port > 65535) {
		throw new SettingError(`PORT must be a number from 0 to 65535, not "${env.PORT}"`);
	}
	const jobSeconds = Number(env.JOB_SECONDS ?? DEFAULT_OPTIONS.jobSeconds);
	if (!(jobSeconds >= 0)) {
		throw new SettingError(`JOB_SECONDS must be a number of seconds, not "${env.JOB_SECONDS}"`);
	}
	const product = PRODUCTS.find((one) => one === (env.PRODUCT ?? 'pipelines'));
	if (!product) {
		throw new SettingError(`PRODUCT must be ${PRODUCTS.join(' or ')}, not "${env.PRODUCT}"`);
	}
	const key = env.API_KEY ?? KEYS[product];
	if (!WELL_FORMED.test(key)) {
		throw new SettingError('API_KEY must have at least 8 printable characters and no spaces');
	}
	return { port, product, key, jobSeconds };
}
