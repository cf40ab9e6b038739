/** The products: the whole API, or only on-demand jobs (docs/api-notes.md 1.9). */
export const PRODUCTS = ['pipelines', 'transform'] as const;

export type Product = (typeof PRODUCTS)[number];

/** The key of each product. */
export const KEYS: Record<Product, string> = {
	pipelines: 'unstructured-emulator-key',
	transform: 'unstructured-emulator-transform-key',
};

/** Whether a product has a route. @param path below the prefix of the API */
export const hasRoute = (product: Product, path: string) =>
	product === 'pipelines' || /^\/jobs(\/|$)/.test(path);
