/** The keys of docs/api-notes.md 11.12 and 11.13, in what the node shows for each type. */
import type { INodeProperties } from 'n8n-workflow';
import { Unstructured } from '../support/n8n.mjs';

const { properties } = new Unstructured().description;

/** The field 'Config' of a type, on one side. */
function configOf(resource: string, type: string): INodeProperties {
	const shownFor = (key: string, value: string, one: INodeProperties) =>
		one.displayOptions?.show?.[key]?.includes(value);
	const found = properties.filter(
		(one) =>
			one.name === 'config' &&
			shownFor('resource', resource, one) &&
			shownFor('connectorType', type, one),
	);
	expect(found).not.toEqual([]);
	return found[0];
}

const filledIn = (resource: string, type: string) =>
	JSON.parse(configOf(resource, type).default as string) as Record<string, unknown>;

it.each([
	['source', 'dropbox', ['refresh_token', 'app_key', 'app_secret', 'token']],
	['source', 'confluence', ['password', 'token', 'spaces', 'extract_images', 'extract_files']],
	['source', 's3', ['anonymous', 'role_arn', 'external_id', 'ambient_credentials']],
	['destination', 's3', ['anonymous', 'role_arn', 'external_id', 'ambient_credentials']],
	['source', 'jira', ['boards', 'issues', 'status_filters', 'download_attachments']],
	['source', 'opensearch', ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']],
	[
		'destination',
		'opensearch',
		['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
	],
	['source', 'google_drive', ['extensions']],
	['source', 'sharepoint', ['library']],
	['destination', 'redis', ['uri']],
	['destination', 'snowflake', ['batch_size']],
	['destination', 'teradata', ['batch_size']],
])('the hint of the %s %s names its keys', (resource, type, keys) => {
	const { hint = '' } = configOf(resource, type);
	expect(keys.filter((key) => !hint.includes(`<code>${key}</code>`))).toEqual([]);
});

it.each([
	['source', 'dropbox', ['app_key', 'app_secret', 'recursive', 'refresh_token', 'remote_url']],
	['source', 's3', ['key', 'recursive', 'remote_url', 'secret']],
	['destination', 's3', ['key', 'remote_url', 'secret']],
	['source', 'filenet', []],
	['destination', 'filenet', []],
])('the config of the %s %s is filled in with what most people need', (resource, type, keys) => {
	expect(Object.keys(filledIn(resource, type)).sort()).toEqual(keys);
});

it.each(['snowflake', 'teradata'])('%s receives 50 rows at once by default', (type) => {
	expect(filledIn('destination', type)).toMatchObject({ batch_size: 50 });
});
