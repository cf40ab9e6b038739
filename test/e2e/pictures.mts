import { SEEDED } from '../../local/emulator/platform/seeds.mjs';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { FIRST_EXAMPLE, importExample, readExample } from '../../local/n8n/examples.mjs';
import { loadOwner } from '../../local/n8n/owner.mjs';
import { manualTrigger, saveChain, unstructured } from './support/chain.mjs';
import { openBrowser } from './support/chromium.mjs';
import { editor } from './support/editor.mjs';
import { makePdf } from './support/pdf.mjs';
import { areaOf, composeInto, outputArea, showColumn, take, takeInto } from './support/picture.mjs';
import { openWorld, type World } from './support/world.mjs';

/** Takes the pictures of README and docs in a real n8n, with the emulator as the account: `npm run screenshots`. */

/** The margin around sticky notes, whose text is inside, unlike the name of a node. */
const EDGE = { left: 16, top: 16, right: 16, bottom: 4 };

const PDFS: Array<[fileName: string, pages: string[][]]> = [
	[
		'contract.pdf',
		[['Contract 2026-041', 'Three pumps, delivered by 12 May.'], ['The warranty lasts two years.']],
	],
	['invoice.pdf', [['Invoice 2026-017', 'Three pumps: 360 EUR', 'Payment within 30 days.']]],
];

const binaries = PDFS.map(([fileName, pages]) => ({
	data: {
		data: makePdf(pages).toString('base64'),
		mimeType: 'application/pdf',
		fileExtension: 'pdf',
		fileName,
	},
}));

const files = [
	manualTrigger,
	{
		name: 'Two Files',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: {
			jsCode: `return ${JSON.stringify(binaries.map((binary) => ({ json: {}, binary })))}`,
		},
	},
];

async function takePictures(world: World, browser: Awaited<ReturnType<typeof openBrowser>>) {
	const page = await browser.newPage();
	const n8n = editor(page, world.n8nUrl);
	const credential = await emulatorCredential(world.api, {
		apiKey: world.emulator.key,
		apiUrl: world.emulator.url,
	});
	await n8n.signIn(await loadOwner(world.folder));

	const runTo = async (name: string, node: ReturnType<typeof unstructured>) => {
		await n8n.openWorkflow(await saveChain(world.api, name, [...files, node]));
		await n8n.executeWorkflow();
		await n8n.node(node.name).getByTestId('canvas-node-status-success').first().waitFor();
		await n8n.byId('zoom-to-fit').click();
	};
	const open = async (node: string) => {
		await n8n.node(node).dblclick();
		await n8n.byId('output-panel').locator('table').waitFor();
	};

	await n8n.openNewCredential('Unstructured API');
	await n8n.fillParameter('apiKey', 'the-key-of-an-account');
	await takeInto(page, 'credential', n8n.byId('editCredential-modal'));

	await runTo(
		'Text',
		unstructured('Get Text', credential, { resource: 'document', operation: 'parse' }),
	);
	const canvas = await take(page, await areaOf(n8n.byId('canvas-node')));
	await open('Get Text');
	await showColumn(page, 'page_count');
	const result = await take(page, await outputArea(page));
	await composeInto(await browser.newPage(), 'result', canvas, result);

	await runTo(
		'Elements',
		unstructured('Get Elements', credential, {
			resource: 'document',
			operation: 'parse',
			outputFormat: 'elements',
		}),
	);
	await open('Get Elements');
	// The next column, 'metadata', begins with the file name.
	await showColumn(page, 'text');
	await takeInto(page, 'elements', n8n.byId('ndv'));

	await runTo(
		'Branches',
		unstructured('Run Workflow', credential, {
			resource: 'workflow',
			operation: 'run',
			workflowId: {
				__rl: true,
				mode: 'list',
				value: SEEDED.localFiles,
				cachedResultName: 'Local files to elements',
			},
			waitForCompletion: true,
			splitByStatus: true,
		}),
	);
	await takeInto(page, 'split-by-status', await areaOf(n8n.byId('canvas-node'), { right: 140 }));

	const example = await readExample(FIRST_EXAMPLE);
	await importExample(world.api, example, { unstructuredApi: credential });
	await n8n.openWorkflow(example.id);
	await n8n.executeWorkflow();
	await n8n.node('Completed').getByTestId('canvas-node-status-success').waitFor();
	await n8n.byId('zoom-to-fit').click();
	const nodesAndNotes = page.locator('.vue-flow__node');
	await takeInto(page, 'run-and-switch', await areaOf(nodesAndNotes, EDGE));
}

const world = await openWorld();
try {
	const browser = await openBrowser();
	try {
		await takePictures(world, browser);
	} finally {
		await browser.end();
	}
} finally {
	await world.close();
}
