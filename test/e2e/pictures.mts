import { SEEDED } from '../../local/emulator/platform/seeds.mjs';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { FIRST_EXAMPLE, importExample, readExample } from '../../local/n8n/examples.mjs';
import { loadOwner } from '../../local/n8n/owner.mjs';
import { manualTrigger, saveChain, unstructured } from './support/chain.mjs';
import { openBrowser } from './support/chromium.mjs';
import { editor } from './support/editor.mjs';
import { areaOf, composeInto, showColumn, take, takeInto } from './support/picture.mjs';
import { openWorld, type World } from './support/world.mjs';

/** Takes the pictures of README and docs in a real n8n, with the emulator as the account: `npm run screenshots`. */

const FILES = [
	{
		fileName: 'contract.md',
		text: '# Contract 2026-041\n\nThree pumps, delivered by 12 May.\n\n- Warranty: two years\n- Payment: 30 days',
	},
	{
		fileName: 'prices.html',
		text: '<h1>Prices</h1><table><tr><th>Article</th><th>Price</th></tr><tr><td>Pump</td><td>120</td></tr><tr><td>Filter</td><td>8</td></tr></table>',
	},
];

const files = [
	manualTrigger,
	{
		name: 'Make Texts',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(FILES.map((json) => ({ json })))}` },
	},
	{
		name: 'Make Files',
		type: 'n8n-nodes-base.convertToFile',
		typeVersion: 1.1,
		parameters: {
			operation: 'toText',
			sourceProperty: 'text',
			options: { fileName: '={{ $json.fileName }}' },
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
	await showColumn(page, 'file_name');
	const result = await take(page, await areaOf(n8n.byId('output-panel')));
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
	await showColumn(page, 'file_name');
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
	await takeInto(page, 'split-by-status', await areaOf(n8n.byId('canvas-node')));

	const example = await readExample(FIRST_EXAMPLE);
	await importExample(world.api, example, { unstructuredApi: credential });
	await n8n.openWorkflow(example.id);
	await n8n.executeWorkflow();
	await n8n.node('Completed').getByTestId('canvas-node-status-success').waitFor();
	await n8n.byId('zoom-to-fit').click();
	await takeInto(page, 'run-and-switch', await areaOf(n8n.byId('canvas-node')));
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
