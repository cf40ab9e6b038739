import type { Page } from 'playwright-core';
import type { Owner } from '../../../local/n8n/rest.mjs';

/** n8n's editor, used like a person does, through the test IDs of n8n's own tests. */
export function editor(page: Page, url: string) {
	const byId = (id: string) => page.getByTestId(id);
	/** A node on the canvas. */
	const node = (name: string) =>
		byId('canvas-node').filter({ has: page.getByText(name, { exact: true }) });
	return {
		byId,
		node,
		/** Executes the open workflow with the button below the canvas, from the trigger that n8n prefers. */
		executeWorkflow: () => byId('execute-workflow-button').click(),
		/** The text of an open node's output panel. */
		output: () => byId('output-panel').innerText(),
		async signIn({ email, password }: Owner) {
			await page.goto(`${url}/signin`);
			await page.locator('input[type=email], input[name=emailOrLdapLoginId]').fill(email);
			await page.locator('input[type=password]').fill(password);
			await byId('form-submit-button').click();
			await page.waitForURL(/\/home\//);
		},
		async openNewCredential(type: string) {
			await page.goto(`${url}/home/credentials/create`);
			await byId('new-credential-type-select').waitFor();
			await page.keyboard.type(type);
			await page.getByTestId('new-credential-type-select-option').filter({ hasText: type }).click();
			await byId('new-credential-type-button').click();
		},
		async fillParameter(name: string, text: string) {
			await byId(`parameter-input-${name}`).locator('input').fill(text);
			// n8n applies a text 200 ms after the last key. A timer of the page itself fires after
			// n8n's timer, even on a slow page.
			await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
		},
		/** Saves the open credential. The button exists only while something is unsaved. */
		saveCredential: () =>
			byId('credential-save-button').getByRole('button', { name: 'Save', exact: true }).click(),
		switchOn: (name: string) =>
			byId(`parameter-input-${name}`).locator('[role=switch], .el-switch').first().click(),
		async openWorkflow(id: string) {
			await page.goto(`${url}/workflow/${id}`);
			await byId('canvas-node').first().waitFor();
		},
		/** The names that the node panel shows for a search. The panel is open. */
		async search(text: string) {
			await byId('node-creator').locator('input').fill(text);
			// The panel searches a moment after the last key.
			await page.waitForTimeout(500);
			return await byId('node-creator-item-name').allInnerTexts();
		},
		/** Counts the clicks in the page from now on. Returns a function that reads the count. */
		async countClicks() {
			// A string, because this repository has no DOM types.
			await page.evaluate(`{
				globalThis.clicks = 0;
				document.addEventListener('pointerdown', () => globalThis.clicks++, true);
			}`);
			return () => page.evaluate<number>('globalThis.clicks');
		},
		/** Adds the tool of a node to the agent on the canvas and opens it. */
		async addTool(name: string) {
			const handle = page.locator('[data-handleid="inputs/ai_tool/0"]');
			await handle.getByTestId('canvas-handle-plus').click();
			await byId('node-creator').locator('input').fill(name);
			await byId('node-creator-item-name').getByText(`${name} Tool`, { exact: true }).click();
			await byId('ndv').waitFor();
		},
		/** Chooses an entry of a dropdown. */
		async choose(parameter: string, option: string) {
			await byId(`parameter-input-${parameter}`).click();
			await page
				.getByRole('option')
				.filter({ has: page.getByText(option, { exact: true }) })
				.click();
		},
		async addOption(name: string) {
			await page.getByPlaceholder('Add Option').click();
			await page.getByText(name, { exact: true }).click();
		},
		/** Adds a node after the first free output and opens it. */
		async addNode(name: string, action: string) {
			await byId('canvas-handle-plus').first().click();
			await byId('node-creator').locator('input').fill(name);
			await byId('node-creator-item-name').getByText(name, { exact: true }).click();
			await byId('node-creator').getByText(action, { exact: true }).click();
			await byId('ndv').waitFor();
		},
		/** Executes the open node, and waits for the success or error mark. */
		async executeStep(outcome: 'success' | 'danger') {
			await byId('node-execute-button').click();
			await byId(`node-run-status-${outcome}`).waitFor();
		},
	};
}
