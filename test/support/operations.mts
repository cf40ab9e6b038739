import type { INodeParameters } from 'n8n-workflow';
import { byId, LOCAL_FILES } from './node.mjs';

/** The resource, the operation, and the parameters. */
export type OperationRow = [resource: string, operation: string, parameters: () => INodeParameters];

const nodes = JSON.stringify([{ name: 'P', type: 'partition', subtype: 'vlm' }]);

/**
 * Every operation of the node, each after the operations that create its records.
 * @param id returns the ID of the record created last, by its resource
 */
export function everyOperation(id: (resource: string) => string): OperationRow[] {
	const ofConnector = (resource: string, idName: string): OperationRow[] => {
		const chosen = () => ({ [idName]: byId(id(resource)) });
		return [
			[resource, 'create', () => ({ name: 'New', config: '{"remote_url": "s3://bucket/"}' })],
			[resource, 'get', chosen],
			[resource, 'getAll', () => ({})],
			[resource, 'update', () => ({ ...chosen(), config: '{"remote_url": "s3://other/"}' })],
			[
				resource,
				'checkConnection',
				() => ({ ...chosen(), options: { pollInterval: 0.1, timeout: 3 } }),
			],
			[resource, 'delete', chosen],
		];
	};
	const ofChannel = (scope: 'workspace' | 'workflow'): OperationRow[] => {
		const scoped = { scope, ...(scope === 'workflow' && { workflowId: byId(LOCAL_FILES) }) };
		const chosen = () => ({ ...scoped, channelId: byId(id('notificationChannel')) });
		const recipientEmail = 'somebody@example.com';
		return [
			[
				'notificationChannel',
				'create',
				() => ({ ...scoped, channelType: 'email', recipientEmail, events: ['job.failed'] }),
			],
			['notificationChannel', 'get', chosen],
			['notificationChannel', 'getAll', () => scoped],
			['notificationChannel', 'verify', () => ({ ...chosen(), verificationCode: '123456' })],
			['notificationChannel', 'update', () => ({ ...chosen(), updateFields: { enabled: false } })],
			['notificationChannel', 'delete', chosen],
		];
	};
	const job = () => ({ jobId: id('job'), options: { pollInterval: 0.1, timeout: 3 } });
	const workflow = () => ({ workflowId: byId(id('workflow')) });

	return [
		['document', 'parse', () => ({ options: { pollInterval: 0.1, timeout: 10 } })],
		[
			'document',
			'extract',
			() => ({
				attributes: { attributes: [{ name: 'number', type: 'string' }] },
				options: { pollInterval: 0.1, timeout: 10 },
			}),
		],
		...ofConnector('source', 'sourceId'),
		...ofConnector('destination', 'destinationId'),
		...ofChannel('workspace'),
		...ofChannel('workflow'),
		['template', 'getAll', () => ({})],
		['template', 'get', () => ({ templateId: byId('hi_res_partition') })],
		['workflow', 'create', () => ({ name: 'New', definition: 'nodes', workflowNodes: nodes })],
		[
			'workflow',
			'create',
			() => ({ name: 'New', definition: 'template', templateId: byId('hi_res_partition') }),
		],
		['workflow', 'get', workflow],
		['workflow', 'getAll', () => ({})],
		['workflow', 'update', () => ({ ...workflow(), updateFields: { name: 'Newer' } })],
		[
			'workflow',
			'update',
			() => ({ ...workflow(), updateFields: { templateId: byId('hi_res_partition') } }),
		],
		['workflow', 'delete', workflow],
		['workflow', 'run', () => ({ workflowId: byId(LOCAL_FILES) })],
		['job', 'create', () => ({ templateId: byId('hi_res_partition') })],
		['job', 'get', job],
		['job', 'getAll', () => ({})],
		['job', 'getAll', () => ({ workflowId: byId(LOCAL_FILES) })],
		['job', 'wait', job],
		['job', 'getDetails', job],
		['job', 'getFailedFiles', job],
		['job', 'getFileStatus', job],
		['job', 'getOutput', () => ({ jobId: id('job'), outputFormat: 'file' })],
		['job', 'cancel', job],
	];
}
