import { type BrowserContext, chromium, selectors } from 'playwright-core';
import { installDebian } from './debian.mjs';

const CHROMIUM = '/usr/bin/chromium';

/** Flags of a browser that connects only to the pages it opens. */
const QUIET = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * Starts Debian's headless Chromium with its own empty profile, which is deleted at the end.
 * @returns a context with the size and the colors of the pictures of README and docs
 */
export async function openBrowser(): Promise<BrowserContext & { end(): Promise<void> }> {
	await installDebian('chromium', () => Promise.resolve(CHROMIUM));
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	const context = await browser.newContext({
		viewport: { width: 1440, height: 800 },
		deviceScaleFactor: 1.5,
		colorScheme: 'light',
		locale: 'en-US',
	});
	context.setDefaultTimeout(60_000);
	return Object.assign(context, { end: () => browser.close() });
}
