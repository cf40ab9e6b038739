import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emulatorCredential, openAiCredential } from '../../local/n8n/credentials.mjs';
import {
	type Example,
	FIRST_EXAMPLE,
	importExample,
	readExample,
} from '../../local/n8n/examples.mjs';
import { loadOwner } from '../../local/n8n/owner.mjs';
import { startOpenAi } from '../../local/openai/server.mjs';
import { makeFile, saveChain } from './support/chain.mjs';
import { openBrowser } from './support/chromium.mjs';
import { editor } from './support/editor.mjs';
import { sentFile, uploads } from './support/emulator.mjs';
import { openWorld } from './support/world.mjs';

const FILES = [
	{ fileName: 'contract.md', text: '# Contract 2026-041' },
	{ fileName: 'annex.txt', text: 'Three pumps, delivered within two weeks.' },
];

const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

const code = (name: string, jsCode: string) => ({
	name,
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

/** A Code node that returns files in a field, each with the JSON of its item. */
const files = (name: string, field: string, all: Array<{ json: object; text: string }>) =>
	code(
		name,
		`return ${JSON.stringify(all)}.map(({ json, text }, place) => ({
			json,
			binary: {
				${field}: {
					data: Buffer.from(text).toString('base64'),
					mimeType: 'text/markdown',
					fileName: \`\${place}.md\`,
				},
			},
		}));`,
	);

const oneFile = files('Read File', 'data', [{ json: {}, text: 'Three pumps.' }]);

const SUBJECTS = ['order', 'invoice', 'reminder'];

const emails = files(
	'Emails',
	'attachment_0',
	SUBJECTS.map((subject) => ({ json: { subject }, text: `About the ${subject}.` })),
);

/** The agent example without its tool, and with the file in a node that has the name in the tool's hint. */
async function agentWithoutTool(): Promise<Example> {
	const text = JSON.stringify(await readExample('agent-reads-document.json'));
	const example = JSON.parse(text.replaceAll('Make File', 'Form')) as Example;
	const nodes = example.nodes.filter(
		({ name, type }) => name !== 'Read Document' && !type.endsWith('stickyNote'),
	);
	delete example.connections['Read Document'];
	return { ...example, id: 'agentFromPanel', nodes };
}

await test('the node in the editor of n8n, in a browser', async (t) => {
	const world = await openWorld();
	t.after(world.close);
	const browser = await openBrowser();
	t.after(() => browser.end());
	const page = await browser.newPage();
	const n8n = editor(page, world.n8nUrl);
	const { key, url } = world.emulator;
	const id = await saveChain(world.api, 'Contracts', [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{
			name: 'Make Texts',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: `return ${JSON.stringify(FILES.map((json) => ({ json })))}` },
		},
		{ ...makeFile(), name: 'Make Files' },
	]);
	await n8n.signIn(await loadOwner(world.folder));

	await t.test('a new credential is tested when it is saved', async () => {
		await n8n.openNewCredential('Unstructured API');
		await n8n.fillParameter('apiKey', key);
		await n8n.fillParameter('apiUrl', url);
		await n8n.saveCredential();
		await n8n.byId('credentials-config-container-test-success').waitFor();
	});

	await t.test('a wrong key is rejected, and the editor shows the reason', async () => {
		const dialog = n8n.byId('editCredential-modal');
		await n8n.fillParameter('apiKey', `${key}-of-somebody-else`);
		await n8n.saveCredential();
		await dialog.getByText('More details').click();
		await dialog.getByText('Unstructured did not recognize this API key').waitFor();
		await n8n.fillParameter('apiKey', key);
		await n8n.saveCredential();
		await n8n.byId('credentials-config-container-test-success').waitFor();
	});

	await t.test('the node is in the panel, with its operations', async () => {
		await n8n.openWorkflow(id);
		await n8n.addNode('Unstructured', 'Run workflow on files');
	});

	await t.test('a workflow is found in the searchable list', async () => {
		await n8n.byId('resource-locator-workflowId').click();
		const found = n8n.byId('rlc-item');
		await found.nth(2).waitFor();
		await page.keyboard.type('elements');
		while ((await found.count()) !== 1) await page.waitForTimeout(100);
		await found.click();
		assert.equal(await n8n.byId('rlc-input').inputValue(), 'Local files to elements');
	});

	await t.test('the step sends the files and returns the job by its status', async () => {
		await n8n.switchOn('waitForCompletion');
		await n8n.switchOn('splitByStatus');
		await n8n.executeStep('success');
		await n8n.byId('output-panel').getByText('COMPLETED', { exact: true }).waitFor();
		const output = await n8n.output();
		for (const name of ['Completed Branch (1 item)', 'Failed', 'Stopped', 'Running']) {
			assert.ok(output.includes(name), output);
		}
		assert.deepEqual(await uploads(url), [
			FILES.map(({ fileName, text }) => sentFile(fileName, 'text/plain', text)),
		]);
	});

	await t.test('the canvas shows the four outputs', async () => {
		await n8n.byId('ndv-close-button').click();
		await n8n.byId('zoom-to-fit').click();
		const node = n8n.node('Run workflow on files');
		const outputs = (await node.innerText()).split('\n');
		assert.deepEqual(
			outputs.filter((line) => /^(Completed|Failed|Stopped|Running)$/.test(line)),
			['Completed', 'Failed', 'Stopped', 'Running'],
		);
	});

	await t.test('the elements of the files are shown as a table', async () => {
		await n8n.addNode('Unstructured', 'Get text or elements of job');
		await n8n.executeStep('success');
		const rows = n8n.byId('output-panel').locator('table tr');
		await rows.filter({ hasText: FILES[1].text }).waitFor();
		assert.match(await rows.first().innerText(), /type\s+element_id\s+text/);
		await rows.filter({ hasText: 'Contract 2026-041' }).filter({ hasText: 'Title' }).waitFor();
	});

	await t.test('an error is shown with what to do next', async () => {
		await n8n.byId('ndv-close-button').click();
		await n8n.node('Run workflow on files').dblclick();
		await n8n.fillParameter('binaryPropertyName', 'attachment');
		await n8n.executeStep('danger');
		assert.match(await n8n.byId('node-error-message').innerText(), /attachment/);
		assert.match(await n8n.byId('node-error-description').innerText(), /'Input Binary Field'/);
	});

	await t.test('the panel finds the node by its purpose', async () => {
		await n8n.openWorkflow(await saveChain(world.api, 'Search', [start, oneFile]));
		await n8n.byId('canvas-handle-plus').first().click();
		for (const text of ['extract text', 'parse pdf', 'read document', 'ocr', 'pdf to text']) {
			const found = await n8n.search(text);
			assert.ok(found.slice(0, 3).includes('Unstructured'), `${text}: ${found.join(', ')}`);
		}
		await n8n.search('extract text');
		await n8n.byId('node-creator').getByText('AI-ready text and elements').waitFor();
	});

	await t.test('the text of a file needs one node and at most 7 clicks', async () => {
		await n8n.openWorkflow(await saveChain(world.api, 'One File', [start, oneFile]));
		const clicks = await n8n.countClicks();
		await n8n.addNode('Unstructured', 'Get text of files');
		await n8n.executeStep('success');
		const rows = n8n.byId('output-panel').locator('table tr');
		await rows.filter({ hasText: 'Three pumps' }).waitFor();
		const count = await clicks();
		assert.ok(count > 0 && count <= 7, `${count} clicks`);
		await n8n.byId('ndv-close-button').click();
		await n8n.node('Get text of files').getByText('Parse', { exact: true }).waitFor();
	});

	await t.test('the emails of a mailbox become a table of subjects and texts', async () => {
		await n8n.openWorkflow(await saveChain(world.api, 'Mailbox', [start, emails]));
		await n8n.addNode('Unstructured', 'Get text of files');
		await n8n.addOption('Include Input Fields');
		await n8n.executeStep('success');
		const rows = n8n.byId('output-panel').locator('table tr');
		for (const subject of SUBJECTS) {
			const row = rows.filter({ hasText: `About the ${subject}` });
			await row.filter({ hasText: `subject:${subject}` }).waitFor();
		}
		assert.equal(await rows.count(), 1 + SUBJECTS.length);
	});

	await t.test("an agent's tool, added from the panel, reads the document", async () => {
		const openAi = await startOpenAi();
		t.after(() => openAi.close());
		const example = await agentWithoutTool();
		const openAiApi = await openAiCredential(world.api, openAi);
		await importExample(world.api, example, { openAiApi });
		await n8n.openWorkflow(example.id);
		await n8n.byId('zoom-to-fit').click();
		await n8n.addTool('Unstructured');
		await n8n.choose('resource', 'Document');
		// Word for word as in the hint below the field.
		const hint = await n8n.byId('ndv').getByText("Enter another node's file").first().innerText();
		const expression = /\{\{.*\}\}/s.exec(hint)?.[0].replace(/\s+/g, ' ') ?? '';
		await n8n.fillParameter('binaryPropertyName', expression);
		await n8n.byId('ndv-close-button').click();
		await n8n.executeWorkflow();
		const agent = n8n.node('AI Agent');
		await agent.getByTestId('canvas-node-status-success').waitFor();
		await agent.dblclick();
		await n8n
			.byId('output-panel')
			.getByText(/delivered on 12 May/)
			.first()
			.waitFor();
	});

	await t.test(
		"n8n's button starts 'Try It' of the first example, up to the branch of the status",
		async () => {
			const example = await readExample(FIRST_EXAMPLE);
			const credential = await emulatorCredential(world.api, { apiKey: key, apiUrl: url });
			await importExample(world.api, example, { unstructuredApi: credential });
			await n8n.openWorkflow(example.id);
			await n8n.executeWorkflow();
			await n8n.node('Completed').getByTestId('canvas-node-status-success').waitFor();
			assert.equal(await n8n.node('Failed').getByTestId('canvas-node-status-success').count(), 0);
		},
	);
});
