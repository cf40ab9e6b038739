import { inspect } from 'node:util';
import { stringify } from 'flatted';
import type { INodeParameters } from 'n8n-workflow';
import { startEchoServer, type Received } from '../support/echoServer.mjs';
import { filesAsItems, runEngine, type EngineResult } from '../support/engine.mjs';
import { byId, goOn, jsonItems } from '../support/node.mjs';

const ID = 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5c';
/** The part that every planted secret contains, and nothing else. */
const MARK = 'pl4nted';
const secret = (what: string) => `${MARK}-${what}-S3cret`;

/** Secrets under names that reveal a secret. */
const BY_NAME = Object.fromEntries(
	'password dsn jdbc_url service_account_json authorization bearer jwt pem sas sas_token keytab connection_string client_cred clientSecret API_KEY access_key_id md_token conn_str oauth cookie private_key webhook_url'
		.split(' ')
		.map((name) => [name, secret(name)]),
);
/** Secrets in texts, under names that do not reveal them. */
const BY_VALUE: Record<string, string> = {
	a: `postgresql://u:${secret('pg')}@h:5432/db`,
	b: `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret('azure')}==;EndpointSuffix=x`,
	c: `Driver={x};Server=s;Uid=u;Pwd=${secret('odbc')};`,
	d: `jdbc:postgresql://h/db?user=u&password=${secret('jdbc')}`,
	e: `https://h/x?api_key=${secret('query')}`,
	f: `https://a.blob.core.windows.net/c?sv=1&sig=${secret('sig')}`,
	g: `-----BEGIN PRIVATE KEY-----\n${secret('PEM')}\n-----END PRIVATE KEY-----`,
	h: `{"type":"service_account","private_key":"${secret('json')}"}`,
	i: `Bearer ${secret('bearerText')}`,
	j: `redis://:${secret('redis')}@h:6379`,
	k: `http://a:${secret('1')}@h1,http://b:${secret('2')}@h2`,
};
const CONFIG = {
	remote_url: 's3://b/',
	id_column: 'id',
	...BY_NAME,
	...BY_VALUE,
	nested: [{ token: secret('token') }, BY_VALUE],
};
const NODE = {
	id: 'n1',
	name: 'Partitioner',
	type: 'partition',
	subtype: 'vlm',
	settings: {
		provider: 'openai',
		provider_api_key: secret('provider'),
		max_tokens: 512,
		token_count: 7,
		primary_key: 'id',
		...BY_VALUE,
	},
};
/** A service's message that repeats the values it received. */
const WORDS = Object.values(BY_VALUE).join(' and ');
const FILE_ID = '2507-token=abc-d88db765.pdf';

const workflow = {
	id: ID,
	key: 'my-workflow-1',
	name: 'Contracts',
	sources: [],
	destinations: [],
	status: 'active',
	workflow_nodes: [NODE],
	created_at: '2026-04-29T10:00:00Z',
};
const connector = {
	id: ID,
	key: 's3-invoices',
	name: 'Archive',
	type: 's3',
	config: CONFIG,
	settings: { password: secret('outside') },
	created_at: '2026-04-29T10:00:00Z',
};
const channel = {
	id: ID,
	channel_type: 'webhook',
	event_types: ['job.completed'],
	enabled: true,
	url: `https://u:${secret('url')}@example.com/hook`,
	secret: secret('channel'),
};
const job = {
	id: ID,
	workflow_id: ID,
	workflow_name: 'Contracts',
	status: 'FAILED',
	created_at: '2026-04-29T10:00:00Z',
	input_file_ids: [FILE_ID],
	output_node_files: null,
};
const failedFiles = { failed_files: [{ document: FILE_ID, error: `Upload failed: ${WORDS}` }] };

function good({ method, path, query }: Received) {
	const list = (row: object) => (method === 'GET' && query.page !== '2' ? [row] : []);
	if (/connection-check$/.test(path))
		return {
			id: 'c',
			status: 'FAILURE',
			reason: `Could not connect: ${WORDS}`,
			created_at: new Date().toISOString(),
		};
	if (/\/channels$/.test(path))
		return method === 'POST'
			? channel
			: { items: query.channel_type === 'webhook' ? [channel] : [] };
	if (/\/(channels\/[^/]+|verify)$/.test(path)) return channel;
	if (/failed-files$/.test(path)) return failedFiles;
	if (/details$/.test(path))
		return { id: ID, processing_status: 'FAILED', message: `Stopped: ${WORDS}`, node_stats: [] };
	if (/^\/jobs\//.test(path)) return job;
	if (/^\/(sources|destinations)\/$/.test(path))
		return method === 'POST' ? connector : list(connector);
	if (/^\/(sources|destinations)\//.test(path)) return connector;
	if (/^\/templates\/$/.test(path)) return list({ id: 't', name: 'T', description: WORDS });
	if (/^\/templates\//.test(path)) return { id: 't', name: 'T', nodes: [NODE] };
	if (/^\/workflows\/$/.test(path)) return method === 'POST' ? workflow : list(workflow);
	return workflow;
}

const NODES = JSON.stringify([NODE]);
const config = { connectorType: 's3', config: JSON.stringify(CONFIG) };
const OPERATIONS: Array<[string, INodeParameters]> = [
	['workflow get', { workflowId: byId(ID) }],
	['workflow getAll', {}],
	['workflow create', { name: 'n', definition: 'nodes', workflowNodes: NODES }],
	['workflow update', { workflowId: byId(ID), updateFields: { workflowNodes: NODES } }],
	['template get', { templateId: byId('t') }],
	['template getAll', {}],
	...['source', 'destination'].flatMap((resource): Array<[string, INodeParameters]> => {
		const chosen = { [`${resource}Id`]: byId(ID) };
		return [
			[`${resource} get`, chosen],
			[`${resource} getAll`, {}],
			[`${resource} create`, { name: 'n', ...config }],
			[`${resource} update`, { ...chosen, ...config }],
			[`${resource} checkConnection`, { ...chosen, options: { timeout: 2, pollInterval: 0.1 } }],
		];
	}),
	['notificationChannel get', { channelId: byId(ID) }],
	['notificationChannel getAll', {}],
	['notificationChannel create', { url: channel.url, options: { secret: channel.secret } }],
	['notificationChannel update', { channelId: byId(ID), updateFields: { secret: channel.secret } }],
	['notificationChannel verify', { channelId: byId(ID), verificationCode: '123456' }],
	['job getDetails', { jobId: ID }],
	['job getFailedFiles', { jobId: ID }],
	['job get', { jobId: ID, options: { includeDetails: true, failOnJobFailure: false } }],
	['job wait', { jobId: ID, options: { timeout: 2, includeDetails: true } }],
	['job create', { definition: 'nodes', jobNodes: NODES }],
];

/** The secrets in an operation's request, which must be masked wherever they are returned. */
function typedIn(name: string): string[] {
	if (/^(workflow|job) (create|update)$/.test(name)) return [NODE.settings.provider_api_key];
	if (/^(source|destination) (create|update)$/.test(name)) return Object.values(BY_NAME);
	return /^notificationChannel (create|update)$/.test(name) ? [channel.secret] : ['nothing'];
}

let server: Awaited<ReturnType<typeof startEchoServer>>;
beforeAll(async () => {
	server = await startEchoServer();
});
afterAll(() => server.close());

function run(name: string, parameters: INodeParameters, rest = {}) {
	const [resource, operation] = name.split(' ');
	return runEngine({
		apiUrl: server.url,
		apiKey: 'key-0123456789',
		parameters: { resource, operation, ...parameters } as INodeParameters,
		items: name === 'job create' ? filesAsItems([{ name: 'a.pdf', data: 'a' }]) : jsonItems({}),
		...rest,
	});
}

/** Everything that n8n stores, shows, and logs of a run. */
function left({ run: { data }, outputs, error }: EngineResult): string {
	return [
		stringify(data.resultData.runData.Unstructured),
		stringify(data.resultData.error ?? null),
		JSON.stringify(outputs),
		inspect(error, { depth: 12, showHidden: true, maxStringLength: null }),
	].join('\n');
}

describe.each(OPERATIONS)('%s', (name, parameters) => {
	it('returns none of the secrets of a record', async () => {
		server.respond((request) => ({ body: good(request) }));
		const result = await run(name, parameters);
		if (name !== 'job create') expect(result.error).toBeUndefined();
		expect(left(result)).not.toContain(MARK);
	});

	it.each([
		['a text', (body: string) => ({ detail: `Refused ${body} and ${WORDS}` })],
		[
			'a list',
			(body: string) => ({
				detail: [{ loc: ['body', 'config'], msg: `bad ${body}`, type: 'x', input: CONFIG }],
			}),
		],
		['an object', () => ({ detail: { why: 'bad', got: CONFIG, nodes: [NODE] } })],
		[
			'a Python text',
			() => ({ detail: `Bad: {'password': '${secret('python')}', 'token': '${secret('cut')}` }),
		],
		['plain values', () => ({ detail: typedIn(name).join(' or ') })],
	])('shows none of them in an error with %s', async (what, body) => {
		server.respond((request) => {
			// An on-demand job is only sent after checking the existing ones.
			if (name === 'job create' && request.method === 'GET') return { body: good(request) };
			const echoed = request.body.slice(0, 50_000).replace(/^[\s\S]*?(?=[[{])/, '');
			return { status: what === 'a list' ? 422 : 400, body: body(echoed) };
		});
		const result = await run(name, parameters, what === 'a text' ? {} : goOn);
		expect(result.error ?? result.outputs[0][0].json.error).toBeTruthy();
		expect(left(result)).not.toContain(MARK);
	});
});

it('returns everything else unchanged', async () => {
	server.respond((request) => ({ body: good(request) }));
	const get = async (name: string, parameters: INodeParameters) =>
		(await run(name, parameters)).outputs[0][0].json;
	const { settings } = NODE;
	expect(await get('workflow get', { workflowId: byId(ID) })).toMatchObject({
		...workflow,
		workflow_nodes: [
			{
				...NODE,
				settings: {
					provider: 'openai',
					provider_api_key: '*****',
					max_tokens: settings.max_tokens,
					token_count: 7,
					primary_key: 'id',
					e: 'https://h/x?api_key=*****',
				},
			},
		],
	});
	expect(await get('source get', { sourceId: byId(ID) })).toMatchObject({
		id: ID,
		key: connector.key,
		name: 'Archive',
		config: { remote_url: 's3://b/', id_column: 'id', password: '*****' },
	});
	expect(await get('job getFailedFiles', { jobId: ID })).toMatchObject({
		failed_files: [{ document: FILE_ID }],
	});
	const shown = await get('source get', { sourceId: byId(ID), options: { showSecrets: true } });
	expect(shown).toEqual(connector);
});

it.each([
	['workflow create', { name: 'n', definition: 'nodes' }, 'workflowNodes'],
	['workflow update', { workflowId: byId(ID) }, 'updateFields'],
	['job create', { definition: 'nodes' }, 'jobNodes'],
])('%s rejects masked nodes before any request', async (name, rest, field) => {
	server.respond((request) => ({ body: good(request) }));
	const { outputs } = await run('workflow get', { workflowId: byId(ID) });
	const nodes = JSON.stringify(outputs[0][0].json.workflow_nodes);
	server.received.length = 0;
	const value = field === 'updateFields' ? { workflowNodes: nodes } : nodes;
	const { error } = await run(name, { ...rest, [field]: value } as INodeParameters);
	expect(error?.message).toBe("'Nodes' contains asterisks in place of a secret");
	expect(server.received.filter(({ method }) => method !== 'GET')).toEqual([]);
});
