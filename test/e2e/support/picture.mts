import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { REPOSITORY } from '../../../local/n8n/paths.mjs';

const FOLDER = join(REPOSITORY, 'docs', 'images');

/** The space around the content of a picture, in page pixels. The names of nodes are below the nodes. */
const MARGIN = { left: 48, top: 24, right: 80, bottom: 56 };

export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Hides hover effects, notifications, and n8n's tips. */
async function tidyUp(page: Page) {
	await page.mouse.move(0, 0);
	await page.addStyleTag({
		content: '.el-notification, [data-test-id="chat-button"] { display: none !important; }',
	});
	await page.waitForTimeout(1_000);
}

/** The smallest area that contains all of these elements, with a margin. */
export async function areaOf(
	elements: Locator,
	wanted: Partial<typeof MARGIN> = {},
): Promise<Area> {
	const margin = { ...MARGIN, ...wanted };
	const boxes = await Promise.all((await elements.all()).map((one) => one.boundingBox()));
	const seen = boxes.filter((box) => box !== null);
	const left = Math.min(...seen.map(({ x }) => x)) - margin.left;
	const top = Math.min(...seen.map(({ y }) => y)) - margin.top;
	const right = Math.max(...seen.map(({ x, width }) => x + width)) + margin.right;
	const bottom = Math.max(...seen.map(({ y, height }) => y + height)) + margin.bottom;
	return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Scrollable {
	scrollIntoView(options: object): void;
}

/** Scrolls the table of an open node's output to a column. */
export async function showColumn(page: Page, name: string) {
	const head = page.getByTestId('output-panel').locator('th', { hasText: name }).first();
	await head.evaluate((column: unknown) => {
		(column as Scrollable).scrollIntoView({ inline: 'start', block: 'nearest' });
	});
}

/** The output panel of an open node, down to the end of its table. */
export async function outputArea(page: Page): Promise<Area> {
	const panel = page.getByTestId('output-panel');
	const [box, table] = [await panel.boundingBox(), await panel.locator('table').boundingBox()];
	if (!box || !table) throw new Error('No node with a table as its output is open');
	return { ...box, height: table.y + table.height + MARGIN.top - box.y };
}

/** Takes a picture of a part of the page. */
export async function take(page: Page, area: Area): Promise<Buffer> {
	await tidyUp(page);
	return await page.screenshot({ clip: area });
}

/** Takes a picture of a part of the page for README and docs. */
export async function takeInto(page: Page, name: string, part: Locator | Area) {
	await mkdir(FOLDER, { recursive: true });
	const path = join(FOLDER, `${name}.png`);
	await tidyUp(page);
	if ('boundingBox' in part) await part.screenshot({ path });
	else await page.screenshot({ path, clip: part });
}

const source = (picture: Buffer) => `data:image/png;base64,${picture.toString('base64')}`;

/** Puts two pictures next to each other, as one for README and docs. */
export async function composeInto(page: Page, name: string, left: Buffer, right: Buffer) {
	await mkdir(FOLDER, { recursive: true });
	await page.setContent(`<style>
		body { margin: 0 }
		main { display: flex; gap: 16px; align-items: center; padding: 16px; width: max-content; background: #f5f5f5 }
		img { display: block; zoom: 0.667; border: 1px solid #ddd; border-radius: 12px }
	</style><main><img src="${source(left)}"><img src="${source(right)}"></main>`);
	await page.locator('main').screenshot({ path: join(FOLDER, `${name}.png`) });
}
