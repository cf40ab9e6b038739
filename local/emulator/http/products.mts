/** What an account is of: all of the API, or on-demand jobs alone (docs/api-notes.md 1.9). */
export const PRODUCTS = ['pipelines', 'transform'] as const;

export type Product = (typeof PRODUCTS)[number];

/** A key belongs to one product. */
export const KEYS: Record<Product, string> = {
	pipelines: 'unstructured-emulator-key',
	transform: 'unstructured-emulator-transform-key',
};

/** @param path below the prefix of the API */
export const hasRoute = (product: Product, path: string) =>
	product === 'pipelines' || /^\/jobs(\/|$)/.test(path);
