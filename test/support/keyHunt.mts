import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from './faultyProxy.mjs';
import { answers, resetAfter, resetBefore, truncated, wrongType } from './networkFaults.mjs';
import { byId, jobParameters, LOCAL_FILES } from './node.mjs';

/** A text that only other services' secrets contain. */
export const PLANTED = 'Pl4nted0123456789';
/** The data of a connector, a node, or a channel that a server may quote. */
const OTHERS = [
	`postgresql://u:${PLANTED}@h`,
	`AccountName=a;AccountKey=${PLANTED}==`,
	`Driver={x};Pwd=${PLANTED}`,
	`https://h/x?api_key=${PLANTED}&sig=${PLANTED}`,
	`Bearer ${PLANTED}`,
	`{"provider_api_key": "${PLANTED}", "secret": "${PLANTED}"}`,
	`-----BEGIN PRIVATE KEY-----\n${PLANTED}\n-----END PRIVATE KEY-----`,
];

/** The behaviors of servers that echo the key wherever possible, or fail in other ways. */
export function keyFaults(key: string, otherUrl: string): Record<string, Fault> {
	const echo = { id: `id ${key}`, status: key, workflow_name: key };
	const refusal = { ...echo, detail: `the key ${key}; ${OTHERS.join('; ')}` };
	const headers = { 'x-echo': key, 'retry-after': '99999' };
	const list = {
		detail: [
			{
				loc: ['body', key],
				msg: `${key} ${OTHERS.join(' ')}`,
				type: key,
				input: key,
				ctx: { key },
			},
		],
	};
	const page = `<html>${key}</html>`;
	return {
		...Object.fromEntries(
			[400, 401, 402, 403, 404, 409, 413, 422, 429, 500, 502, 503, 504].map((status) => [
				String(status),
				answers(status, refusal, headers),
			]),
		),
		list: answers(422, list),
		page: answers(502, page),
		signIn: answers(200, page),
		accepted: answers(202, { detail: `No new job run for ${key} ${OTHERS[0]}` }),
		echoed: answers(200, { ...echo, [key]: key }),
		redirect: answers(307, page, { location: `${otherUrl}/?key=${encodeURIComponent(key)}` }),
		resetBefore,
		resetAfter,
		truncated,
		wrongType,
	};
}

/** One call of each kind, for an item with a file and an `id`. */
export const CALLS: Array<[name: string, parameters: INodeParameters]> = [
	[
		'run',
		{
			resource: 'workflow',
			operation: 'run',
			workflowId: byId(LOCAL_FILES),
			waitForCompletion: true,
			options: { timeout: 2, failOnJobFailure: true, includeDetails: true },
		},
	],
	['onDemand', jobParameters('create', { templateId: byId('hi_res_partition') })],
	[
		'parse',
		{ resource: 'document', operation: 'parse', options: { timeout: 2, pollInterval: 0.1 } },
	],
	[
		'extract',
		{
			resource: 'document',
			operation: 'extract',
			schemaType: 'fromJson',
			jsonSchemaExample: '{"number": "A"}',
			options: { timeout: 2, pollInterval: 0.1 },
		},
	],
	['fileStatus', jobParameters('getFileStatus')],
	[
		'fromTemplate',
		{
			resource: 'workflow',
			operation: 'create',
			name: 'n',
			definition: 'template',
			templateId: byId('hi_res_partition'),
		},
	],
	['get', jobParameters('get')],
	['wait', jobParameters('wait', { options: { timeout: 1 } })],
	['output', jobParameters('getOutput')],
	[
		'create',
		{ resource: 'source', operation: 'create', name: 'n', config: '{"remote_url":"s3://b/"}' },
	],
	['delete', { resource: 'workflow', operation: 'delete', workflowId: byId(LOCAL_FILES) }],
];

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** The forms of a key: unchanged, in JSON, in JSON within JSON, in a URL, and in base64. */
export const keyForms = (key: string) => [
	key,
	inJson(key),
	inJson(inJson(key)),
	encodeURIComponent(key),
	Buffer.from(key).toString('base64').replace(/=+$/, ''),
];
