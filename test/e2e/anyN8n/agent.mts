import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IDataObject, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { emulatorCredential, openAiCredential } from '../../../local/n8n/credentials.mjs';
import { importExample, type Wiring } from '../../../local/n8n/examples.mjs';
import { runWorkflow, waitForTriggered } from '../../../local/n8n/executions.mjs';
import type { Reply } from '../../../local/openai/reply.mjs';
import { type SeenRequest, startOpenAi } from '../../../local/openai/server.mjs';
import { agentWithTwoTools, READ, RUN } from '../support/agentWithTwoTools.mjs';
import { sentFile, uploads } from '../support/emulator.mjs';
import { formAgent } from '../support/formAgent.mjs';
import { nodeTypes } from '../support/nodeTypes.mjs';
import { publish } from '../support/publish.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

const NO_JOB = 'a1b2c3d4-5e6f-4a8b-9c0d-1e2f3a4b5c6d';

/** A test's changes to a node of the example. */
type Changes = Record<string, INodeParameters>;

/** A function in the form of the Responses API. */
interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { type: string; description?: string }> };
}

/** The script of a Code node that returns texts like the example. */
const makeFiles = (...texts: string[]) => ({
	jsCode: `return ${JSON.stringify(texts)}.map((html, i) => ({ json: { fileName: \`\${i + 1}.txt\`, html } }));`,
});

await test('an AI agent of a real n8n with the node as its tools', async (t) => {
	const world = await commonWorld();
	t.after(world.close);
	const { api, emulator } = world;
	const openAi = await startOpenAi();
	t.after(() => openAi.close());
	const wiring: Wiring = {
		unstructuredApi: await emulatorCredential(api, { apiKey: emulator.key, apiUrl: emulator.url }),
		openAiApi: await openAiCredential(api, openAi),
	};

	const control = async (path: string, body: unknown) => {
		const response = await fetch(`${openAi.url}/_openai/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		assert.equal(response.status, 200);
	};

	/** Runs the example with changes. Without a script, the stand-in model runs the workflow, then reads the resulting job. */
	const ask = async (id: string, changes: Changes, script: Reply[] = []) => {
		const example = await agentWithTwoTools();
		const nodes = example.nodes.map((node) => ({
			...node,
			parameters: { ...node.parameters, ...changes[node.name] },
		}));
		await importExample(api, { ...example, id, nodes }, wiring);
		await control('reset', {});
		await control('script', script);
		const before = (await uploads(emulator.url)).length;
		const execution = await runWorkflow(api, id, 'Try It');
		assert.equal(execution.status, 'success', execution.error);
		const response = await fetch(`${openAi.url}/_openai/requests`);
		const seen = (await response.json()) as SeenRequest[];
		const items = execution.runs['AI Agent'].at(-1)?.data?.main[0] ?? [];
		const everything = JSON.stringify([seen, execution.runs]);
		assert.ok(!everything.includes(emulator.key), 'the API key is in what the model is told');
		return {
			seen,
			answers: items.map(({ json }) => json.output as string),
			sent: (await uploads(emulator.url)).slice(before),
		};
	};

	/** The tool results that the model has received up to its last request, oldest first. */
	const told = (seen: SeenRequest[]): string[] => {
		const { input } = seen.at(-1)!.body as { input: Array<{ output?: string }> };
		return input.flatMap(({ output }) => output ?? []);
	};

	const readBy = (script: string) => JSON.parse(script) as IDataObject[];

	const call = (name: string, args: Record<string, unknown> = {}): Reply => ({
		toolCalls: [{ name: name.replaceAll(' ', '_'), arguments: args }],
	});

	await t.test('n8n derives a tool from the node', async () => {
		const types = await nodeTypes(world);
		const tool = types.find(({ name }) => name === 'n8n-nodes-unstructured.unstructuredTool');
		assert.equal(tool?.displayName, 'Unstructured Tool');
		assert.deepEqual(tool.outputs, ['ai_tool']);
		const [{ default: draft }] = definitions(tool, 'toolDescription', true);
		assert.match(
			draft as string,
			/their text as Markdown, or the data extracted from them as JSON$/,
		);
		const shown = (name: string, isTool: boolean) => definitions(tool, name, isTool).length;
		assert.deepEqual(
			['splitByStatus', 'jobGrouping', 'simplify', 'maxCharacters'].map((name) => [
				shown(name, false) > 0,
				shown(name, true) > 0,
			]),
			[
				[true, false],
				[true, false],
				[false, true],
				[false, true],
			],
		);
		for (const { default: given } of definitions(tool, 'waitForCompletion', true)) {
			assert.equal(given, true);
		}
	});

	await t.test(
		'the tool runs a workflow on the file of another node, waits, and reads the output',
		async () => {
			const text = 'The order will be delivered on 12 May.';
			const { seen, answers, sent } = await ask('agentReads', {
				'Make Letter': makeFiles(text),
				[RUN]: { binaryPropertyName: "={{ $('Make File').first().binary.data }}" },
			});
			assert.deepEqual(sent, [[sentFile('1.txt', 'text/plain', text)]]);
			const [run, output] = told(seen);
			const [job] = readBy(run);
			assert.equal(job.status, 'COMPLETED');
			assert.equal(job.output_node_files, undefined);
			assert.ok(run.length < 500, run);
			assert.deepEqual(readBy(output), [
				{ file_id: (job.input_file_ids as string[])[0], file_name: '1.txt', text },
			]);
			assert.match(answers[0], /delivered on 12 May/);

			const { tools } = seen[0].body as { tools: OfferedTool[] };
			const offered = Object.fromEntries(tools.map((tool) => [tool.name, tool]));
			assert.deepEqual(Object.keys(offered).sort(), ['Get_Text', 'Run_Workflow_on_File']);
			assert.deepEqual(offered.Run_Workflow_on_File.parameters.properties, {});
			const { Job_ID: jobId, ...others } = offered.Get_Text.parameters.properties;
			assert.deepEqual(others, {});
			assert.equal(jobId.type, 'string');
			assert.match(jobId.description ?? '', /ID of the .*job/);
		},
	);

	await t.test("a tool with its hint's expression reads the file of a published form", async () => {
		const types = await nodeTypes(world);
		const tool = types.find(({ name }) => name === 'n8n-nodes-unstructured.unstructuredTool')!;
		const [{ hint = '' }] = definitions(tool, 'binaryPropertyName', true);
		const example = await formAgent(`=${/\{\{.*\}\}/.exec(hint)?.[0]}`);
		await importExample(api, example, wiring);
		await publish(api, example.id);
		await control('reset', {});
		const before = (await uploads(emulator.url)).length;
		const text = 'The order will be delivered on 12 May.';
		const body = new FormData();
		body.append('field-0', new Blob([text], { type: 'text/plain' }), 'letter.txt');
		const form = example.nodes.find(({ name }) => name === 'Form');
		const url = `${world.n8nUrl}/form/${form?.webhookId}`;
		assert.equal((await fetch(url, { method: 'POST', body })).status, 200);
		const execution = await waitForTriggered(api, example.id);
		assert.equal(execution.status, 'success', execution.error);
		const [file] = execution.runs.Form[0].data?.main[0] ?? [];
		assert.deepEqual(Object.keys(file.binary ?? {}), ['Your_document']);
		const [{ json }] = execution.runs['AI Agent'].at(-1)?.data?.main[0] ?? [];
		assert.match(json.output as string, /delivered on 12 May/);
		assert.deepEqual((await uploads(emulator.url)).slice(before), [
			[sentFile('letter.txt', 'text/plain', text)],
		]);
	});

	await t.test(
		'the tool works with the older protocol and the descriptions that n8n generates',
		async () => {
			const auto = { descriptionType: 'auto', toolDescription: '' };
			const { seen, answers } = await ask('agentCompletes', {
				'OpenAI Chat Model': { responsesApiEnabled: false },
				[RUN]: auto,
				[READ]: auto,
			});
			assert.ok(seen.every(({ path }) => path === '/v1/chat/completions'));
			const { tools } = seen[0].body as { tools: Array<{ function: OfferedTool }> };
			assert.deepEqual(tools.map((tool) => tool.function.description).sort(), [
				'Get text or elements of job in Unstructured',
				'Run workflow on files in Unstructured',
			]);
			assert.match(answers[0], /12 May, a week later/);
		},
	);

	await t.test('each of several items uses its own document', async () => {
		const texts = ['About pumps.', 'About filters.', 'About valves.'];
		const { answers } = await ask('agentReadsAll', { 'Make Letter': makeFiles(...texts) });
		assert.equal(answers.length, 3);
		texts.forEach((text, item) => assert.ok(answers[item].endsWith(text), answers[item]));
	});

	await t.test('a long text is truncated with a note', async () => {
		const text = 'word '.repeat(20_000).trim();
		const { seen } = await ask('agentReadsLong', { 'Make Letter': makeFiles(text) });
		const output = told(seen)[1];
		const [{ text: read }] = readBy(output) as [{ text: string }];
		assert.ok(output.length > 19_900 && output.length < 20_100, String(output.length));
		assert.match(read, /^(word ){3000}.*… \[truncated at \d+ of 99999 characters\]$/);
	});

	await t.test('as many elements as fit are returned, with their page', async () => {
		const text = Array.from({ length: 60 }, (_, place) => `Paragraph ${place + 1}.`).join('\n\n');
		const { seen } = await ask('agentReadsElements', {
			'Make Letter': makeFiles(text),
			[READ]: { outputFormat: 'elements', maxCharacters: 1_000 },
		});
		const elements = readBy(told(seen)[1]);
		const note = elements.pop()?.note as string;
		assert.match(note, new RegExp(`^${elements.length} of 60 results are shown`));
		assert.deepEqual(Object.keys(elements[0]).sort(), ['file_id', 'file_name', 'text', 'type']);
		assert.equal(elements.at(-1)?.text, `Paragraph ${elements.length}.`);
	});

	await t.test('without Simplify the model gets the job as the API returns it', async () => {
		const { seen } = await ask('agentReadsRaw', { [RUN]: { simplify: false } });
		const [{ output_node_files: files }] = readBy(told(seen)[0]);
		assert.ok(Array.isArray(files) && files.length > 0);
	});

	await t.test('a wrong job ID returns a text to the model that explains what to do', async () => {
		const { seen, answers, sent } = await ask('agentErrs', {}, [
			call(READ, { Job_ID: NO_JOB }),
			{ text: 'I had the wrong ID.' },
		]);
		assert.deepEqual(sent, []);
		const [{ error }] = readBy(told(seen)[0]);
		assert.match(error as string, new RegExp(`^The job '${NO_JOB}' was not found`));
		assert.match(error as string, /Check the ID/);
		assert.deepEqual(answers, ['I had the wrong ID.']);
	});

	await t.test(
		'an expression without a file returns a text to the model that explains what to do',
		async () => {
			const { seen, sent } = await ask(
				'agentHasNoFile',
				{ [RUN]: { binaryPropertyName: "={{ $('Make File').first().binary.other }}" } },
				[call(RUN), { text: 'There is no file.' }],
			);
			assert.deepEqual(sent, []);
			const [{ error }] = readBy(told(seen)[0]);
			assert.match(
				error as string,
				/^'Input Binary Field' does not name a file\. Enter another node's file with an expression/,
			);
		},
	);
});

/** The fields with this name that the node or its tool can show. */
function definitions({ properties }: INodeTypeDescription, wanted: string, isTool: boolean) {
	return properties.filter(({ name, displayOptions: { show, hide } = {} }) => {
		const isHere = (show?.['@tool']?.[0] ?? isTool) === isTool && hide?.['@tool']?.[0] !== isTool;
		return name === wanted && isHere;
	});
}
