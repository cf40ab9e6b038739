import type { INodeParameters } from 'n8n-workflow';
import { listSearchContext } from '../support/contexts.mjs';
import { Unstructured } from '../support/n8n.mjs';
import { byId, goOn, jsonItems, LOCAL_FILES, useNode } from '../support/node.mjs';

const node = useNode();
const SECRET = 'a-secret-of-more-than-24-characters';
const one = jsonItems({});
/** An expression that returns nothing: n8n itself rejects an empty parameter, but not an empty result. */
const EMPTY = '={{ "" }}';

const run = (operation: string, parameters: INodeParameters = {}, rest = {}) =>
	node.run({ resource: 'notificationChannel', operation, ...parameters }, one, rest);

const webhook = { url: 'https://example.com/hook', events: ['job.completed', 'job.failed'] };

async function created(parameters: INodeParameters = {}) {
	const { outputs, error } = await run('create', { ...webhook, ...parameters });
	expect(error).toBeUndefined();
	return outputs[0][0].json;
}

describe.each([
	['workspace', {}],
	['workflow', { scope: 'workflow', workflowId: byId(LOCAL_FILES) }],
])('a channel of the %s', (_, scope: INodeParameters) => {
	it('is created, read, listed, updated, and deleted', async () => {
		const options = { description: 'Mine', secret: SECRET };
		const channel = await created({ ...scope, options });
		expect(channel).toMatchObject({
			channel_type: 'webhook',
			url: webhook.url,
			event_types: webhook.events,
			description: 'Mine',
			enabled: true,
		});
		expect(JSON.stringify(channel)).not.toContain(SECRET);
		expect((await node.emulator.channels())[0].secret).toBe(SECRET);

		const chosen = { ...scope, channelId: byId(channel.id as string) };
		expect((await run('get', chosen)).outputs[0][0].json).toEqual(channel);
		expect((await run('getAll', scope)).outputs[0].map(({ json }) => json)).toEqual([channel]);

		const updateFields = { enabled: false, events: ['job.stopped'] };
		const changed = (await run('update', { ...chosen, updateFields })).outputs[0][0].json;
		expect(changed).toMatchObject({ enabled: false, event_types: ['job.stopped'] });
		const [{ url, description, secret }] = await node.emulator.channels();
		expect({ url, description, secret }).toEqual({
			url: webhook.url,
			description: 'Mine',
			secret: SECRET,
		});

		expect((await run('delete', chosen)).outputs[0][0].json).toEqual({ deleted: true });
		expect(await node.emulator.channels()).toEqual([]);
		expect((await run('get', chosen)).error?.message).toMatch(/was not found$/);
	});

	it('is verified with the code if it is an email channel', async () => {
		const email = { channelType: 'email', recipientEmail: 'a@example.com', events: ['job.failed'] };
		const options = { replyTo: 'b@example.com', cc: 'c@example.com, d@example.com' };
		const channel = await created({ ...scope, ...email, options });
		expect(channel).toMatchObject({
			channel_type: 'email',
			enabled: false,
			email_config: {
				recipient_email: 'a@example.com',
				reply_to: 'b@example.com',
				cc: ['c@example.com', 'd@example.com'],
				// Unstructured reports who sends the email; the request has no such field.
				provider: 'emulator',
			},
		});
		const [{ fields }] = await node.emulator.requests('POST', /\/channels$/);
		expect(JSON.stringify(fields)).not.toContain('provider');
		const chosen = { ...scope, channelId: byId(channel.id as string) };
		const wrong = await run('verify', { ...chosen, verificationCode: '000000' });
		expect(wrong.error?.description).toMatch(/verification code is not valid/);
		const { outputs } = await run('verify', { ...chosen, verificationCode: ' 123456 ' });
		expect(outputs[0][0].json).toMatchObject({ id: channel.id, enabled: true });
	});
});

it('is listed by type, up to the limit', async () => {
	for (const name of ['a', 'b']) await created({ url: `https://example.com/${name}` });
	await created({ channelType: 'email', recipientEmail: 'a@example.com' });
	const names = async (parameters: INodeParameters) =>
		(await run('getAll', parameters)).outputs[0].map(({ json }) => json.channel_type);
	expect(await names({})).toEqual(['webhook', 'webhook', 'email']);
	expect(await names({ limit: 2 })).toEqual(['webhook', 'webhook']);
	expect(await names({ filters: { channelType: 'email' } })).toEqual(['email']);
});

it.each([
	['create', { ...webhook, url: EMPTY }, "'URL' is empty"],
	['create', { ...webhook, events: '={{ [] }}' }, 'No event is selected'],
	['get', { channelId: byId(EMPTY) }, 'No channel is selected'],
	[
		'get',
		{ scope: 'workflow', workflowId: byId(EMPTY), channelId: byId('x') },
		'No workflow is selected',
	],
	['update', { channelId: byId('x') }, 'There is nothing to update'],
	['verify', { channelId: byId('x'), verificationCode: EMPTY }, "'Verification Code' is empty"],
])('%s with %j names what is missing and sends nothing', async (operation, parameters, message) => {
	const { error } = await run(operation, parameters);
	expect(error?.message).toBe(message);
	expect(await node.emulator.requests('POST')).toEqual([]);
});

it('shows the secret in no message, even if the server echoes it', async () => {
	await node.emulator.faults({
		method: 'POST',
		path: '/channels$',
		status: 400,
		body: { detail: `Secret ${SECRET} is not allowed` },
	});
	const { outputs } = await run('create', { ...webhook, options: { secret: SECRET } }, goOn);
	expect(outputs[0][0].json.details).toMatch(/Secret \*+ is not allowed/);
});

it('warns that the channel may exist if the response to its creation is lost', async () => {
	await node.emulator.faults({ method: 'POST', path: '/channels$', reset: 'afterBody' });
	const { error } = await run('create', webhook);
	expect(error?.message).toMatch(/notification channel may or may not have been created/);
	expect(await node.emulator.channels()).toHaveLength(1);
});

it('is deleted once, even if the response is lost', async () => {
	const { id } = await created();
	await node.emulator.faults({ method: 'DELETE', path: '/channels/', reset: 'afterBody' });
	const { outputs } = await run('delete', { channelId: byId(id as string) });
	expect(outputs[0][0].json).toEqual({ deleted: true });
});

it('can be selected from a list, by URL, email address, or description', async () => {
	const { id } = await created({ options: { description: 'Nightly' } });
	await created({ channelType: 'email', recipientEmail: 'a@example.com' });
	const context = listSearchContext({ apiUrl: node.emulator.url, apiKey: node.emulator.key });
	const { searchChannels } = new Unstructured().methods!.listSearch!;
	const search = async (filter?: string) =>
		(await searchChannels.call(context as never, filter)).results;
	expect((await search()).map(({ name }) => name)).toEqual([
		'https://example.com/hook (Nightly)',
		'a@example.com',
	]);
	expect(await search('NIGHT')).toEqual([
		{ name: 'https://example.com/hook (Nightly)', value: id },
	]);
});
