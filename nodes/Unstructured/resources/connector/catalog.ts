import type { IDataObject } from 'n8n-workflow';

/** A type of connector. Values with "your" or "example.com" are examples. All other values can be kept. */
export interface ConnectorType {
	name: string;
	/** The API's name of the type. */
	value: string;
	/** The last part of the URL of the type's page in Unstructured's docs. */
	page: string;
	/** The keys that the API requires, with their values. */
	required: IDataObject;
	/** The optional keys, with their values. */
	optional: IDataObject;
	/** Optional keys that most configs need. */
	usual?: string[];
}

/*
 * The types of docs/api-notes.md 7.4, by name, and the keys of 7.5.
 */

const BATCH = { batch_size: 100 };
const AZURE = {
	name: 'Azure Blob Storage',
	value: 'azure',
	page: 'azure-blob-storage',
	required: { remote_url: 'az://your-container/folder/' },
	optional: {
		account_name: 'your-account',
		account_key: 'your-account-key',
		connection_string: 'your-connection-string',
		sas_token: 'your-sas-token',
	},
	usual: ['account_name', 'account_key'],
};
const COUCHBASE = {
	name: 'Couchbase',
	value: 'couchbase',
	page: 'couchbase',
	required: {
		connection_string: 'couchbases://your-host',
		bucket: 'your-bucket',
		username: 'your-username',
		password: 'your-password',
		batch_size: 50,
	},
	optional: { scope: '_default', collection: '_default' },
	usual: ['scope', 'collection'],
};
const DATABRICKS_VOLUMES = {
	name: 'Databricks Volumes',
	value: 'databricks_volumes',
	page: 'databricks-volumes',
	required: {
		host: 'https://your-workspace.cloud.databricks.com',
		catalog: 'your-catalog',
		volume: 'your-volume',
		volume_path: '/',
		client_id: 'your-client-id',
		client_secret: 'your-client-secret',
	},
	optional: { schema: 'default' },
	usual: ['schema'],
};
const ELASTICSEARCH = {
	name: 'Elasticsearch',
	value: 'elasticsearch',
	page: 'elasticsearch',
	required: {
		hosts: ['https://your-host:9200'],
		index_name: 'your-index',
		es_api_key: 'your-api-key',
	},
	optional: {},
};
/** A type whose keys are not published. */
const FILENET = {
	name: 'IBM FileNet',
	value: 'filenet',
	page: 'filenet',
	required: {},
	optional: {},
};
const GCS_KEY = { service_account_key: 'your-service-account-key' };
const GCS = {
	name: 'Google Cloud Storage',
	value: 'gcs',
	page: 'google-cloud',
	required: { remote_url: 'gs://your-bucket/folder/' },
};
const KAFKA = {
	name: 'Kafka Cloud',
	value: 'kafka-cloud',
	page: 'kafka',
	required: {
		bootstrap_servers: 'your-server.confluent.cloud',
		topic: 'your-topic',
		kafka_api_key: 'your-api-key',
		secret: 'your-api-secret',
	},
	optional: { port: 9092, group_id: 'your-group' },
};
const MONGODB = {
	name: 'MongoDB',
	value: 'mongodb',
	page: 'mongodb',
	required: {
		uri: 'mongodb+srv://user:password@your-host/',
		database: 'your-database',
		collection: 'your-collection',
	},
	optional: {},
};
const MICROSOFT = {
	client_id: 'your-client-id',
	client_cred: 'your-client-secret',
	authority_url: 'https://login.microsoftonline.com',
};
const ONEDRIVE = {
	name: 'OneDrive',
	value: 'onedrive',
	page: 'onedrive',
	required: { user_pname: 'name@example.com', tenant: 'your-tenant-id' },
};
const OPENSEARCH = {
	name: 'OpenSearch',
	value: 'opensearch',
	page: 'opensearch',
	required: { hosts: ['https://your-host:9200'], index_name: 'your-index', use_ssl: true },
	optional: {
		username: 'your-username',
		password: 'your-password',
		aws_access_key_id: 'your-access-key-id',
		aws_secret_access_key: 'your-secret-access-key',
		aws_session_token: 'your-session-token',
	},
	usual: ['username', 'password'],
};
const POSTGRES = {
	name: 'PostgreSQL',
	value: 'postgres',
	page: 'postgresql',
	required: {
		host: 'your-host',
		port: 5432,
		database: 'your-database',
		username: 'your-username',
		password: 'your-password',
		table_name: 'your-table',
		batch_size: 100,
	},
};
const S3 = {
	name: 'S3',
	value: 's3',
	page: 's3',
	required: { remote_url: 's3://your-bucket/folder/' },
	optional: {
		key: 'your-access-key-id',
		secret: 'your-secret-access-key',
		token: 'your-session-token',
		anonymous: false,
		role_arn: 'arn:aws:iam::123456789012:role/your-role',
		external_id: 'your-external-id',
		ambient_credentials: false,
		endpoint_url: 'https://your-host',
	},
	usual: ['key', 'secret'],
};
const SNOWFLAKE = {
	name: 'Snowflake',
	value: 'snowflake',
	page: 'snowflake',
	required: {
		account: 'your-account',
		user: 'your-user',
		password: 'your-password',
		host: 'your-account.snowflakecomputing.com',
		database: 'your-database',
		schema: 'your-schema',
		role: 'your-role',
	},
};
const TERADATA = {
	name: 'Teradata',
	value: 'teradata',
	page: 'teradata-sql',
	required: { host: 'your-host', user: 'your-user', password: 'your-password' },
};
const TABLE = { table_name: 'your-table' };

export const SOURCE_TYPES: ConnectorType[] = [
	{
		...AZURE,
		optional: { ...AZURE.optional, recursive: true },
		usual: [...AZURE.usual, 'recursive'],
	},
	{
		name: 'Box',
		value: 'box',
		page: 'box',
		required: { remote_url: 'box://your-folder/' },
		optional: {
			box_app_config: 'your-app-config',
			access_token: 'your-access-token',
			refresh_token: 'your-refresh-token',
			recursive: true,
		},
		usual: ['box_app_config', 'recursive'],
	},
	{
		name: 'Confluence',
		value: 'confluence',
		page: 'confluence',
		required: { url: 'https://your-site.atlassian.net' },
		optional: {
			username: 'name@example.com',
			api_token: 'your-api-token',
			password: 'your-password',
			token: 'your-personal-access-token',
			cloud: true,
			spaces: ['YOUR_SPACE'],
			max_num_of_spaces: 500,
			max_num_of_docs_from_each_space: 150,
			extract_images: false,
			extract_files: false,
		},
		usual: [
			'username',
			'api_token',
			'cloud',
			'max_num_of_spaces',
			'max_num_of_docs_from_each_space',
		],
	},
	{ ...COUCHBASE, required: { ...COUCHBASE.required, collection_id: 'id' } },
	DATABRICKS_VOLUMES,
	{
		name: 'Dropbox',
		value: 'dropbox',
		page: 'dropbox',
		required: {
			remote_url: 'dropbox://your-folder/',
			refresh_token: 'your-refresh-token',
			app_key: 'your-app-key',
			app_secret: 'your-app-secret',
		},
		optional: { token: 'your-access-token', recursive: true },
		usual: ['recursive'],
	},
	ELASTICSEARCH,
	{
		...GCS,
		optional: { ...GCS_KEY, recursive: true },
		usual: ['service_account_key', 'recursive'],
	},
	{
		name: 'Google Drive',
		value: 'google_drive',
		page: 'google-drive',
		required: { drive_id: 'your-drive-id' },
		optional: { ...GCS_KEY, extensions: ['pdf', 'docx'], recursive: true },
		usual: ['service_account_key', 'recursive'],
	},
	FILENET,
	{
		name: 'Jira',
		value: 'jira',
		page: 'jira',
		required: { url: 'https://your-site.atlassian.net' },
		optional: {
			username: 'name@example.com',
			password: 'your-api-token',
			token: 'your-personal-access-token',
			cloud: true,
			projects: ['YOUR_PROJECT'],
			boards: ['your-board-id'],
			issues: ['YOUR_PROJECT-1'],
			status_filters: ['Done'],
			download_attachments: false,
		},
		usual: ['username', 'password', 'cloud', 'projects'],
	},
	{
		...KAFKA,
		optional: { ...KAFKA.optional, num_messages_to_consume: 100 },
		usual: ['port', 'num_messages_to_consume'],
	},
	MONGODB,
	{
		...ONEDRIVE,
		required: { ...ONEDRIVE.required, path: '/' },
		optional: { ...MICROSOFT, recursive: true },
		usual: [...Object.keys(MICROSOFT), 'recursive'],
	},
	OPENSEARCH,
	{
		name: 'Outlook',
		value: 'outlook',
		page: 'outlook',
		required: { user_email: 'name@example.com' },
		optional: {
			...MICROSOFT,
			tenant: 'your-tenant-id',
			outlook_folders: ['Inbox'],
			recursive: false,
		},
		usual: [...Object.keys(MICROSOFT), 'tenant', 'outlook_folders'],
	},
	{ ...POSTGRES, optional: { id_column: 'id', fields: ['id', 'text'] }, usual: ['id_column'] },
	{ ...S3, optional: { ...S3.optional, recursive: true }, usual: [...S3.usual, 'recursive'] },
	{
		name: 'Salesforce',
		value: 'salesforce',
		page: 'salesforce',
		required: {
			username: 'name@example.com',
			consumer_key: 'your-consumer-key',
			private_key: 'your-private-key',
			categories: ['Account', 'Campaign', 'Case', 'EmailMessage', 'Lead'],
		},
		optional: {},
	},
	{
		name: 'SharePoint',
		value: 'sharepoint',
		page: 'sharepoint',
		required: {
			site: 'https://your-tenant.sharepoint.com/sites/your-site',
			tenant: 'your-tenant-id',
		},
		optional: {
			...MICROSOFT,
			user_pname: 'name@example.com',
			library: 'Documents',
			path: 'Shared Documents',
			recursive: true,
		},
		usual: [...Object.keys(MICROSOFT), 'recursive'],
	},
	{
		name: 'Slack',
		value: 'slack',
		page: 'slack',
		required: { token: 'your-bot-token', channels: ['your-channel-id'] },
		optional: { start_date: '2026-01-01', end_date: '2026-12-31' },
	},
	{
		...SNOWFLAKE,
		required: { ...SNOWFLAKE.required, ...TABLE, id_column: 'id' },
		optional: { port: 443, ...BATCH, fields: ['id', 'text'] },
		usual: ['port', 'batch_size'],
	},
	{
		...TERADATA,
		required: { ...TERADATA.required, ...TABLE },
		optional: {
			database: 'your-database',
			dbs_port: 1025,
			id_column: 'id',
			...BATCH,
			fields: ['id', 'text'],
		},
		usual: ['database', 'dbs_port', 'id_column', 'batch_size'],
	},
	{
		name: 'Zendesk',
		value: 'zendesk',
		page: 'zendesk',
		required: {
			subdomain: 'your-subdomain',
			email: 'name@example.com',
			api_token: 'your-api-token',
		},
		optional: { item_type: 'tickets', batch_size: 2 },
		usual: ['item_type'],
	},
];

export const DESTINATION_TYPES: ConnectorType[] = [
	{
		name: 'Astra DB',
		value: 'astradb',
		page: 'astradb',
		required: {
			api_endpoint: 'https://your-id-region.apps.astra.datastax.com',
			token: 'your-application-token',
			collection_name: 'your-collection',
		},
		optional: { keyspace: 'default_keyspace', batch_size: 20, binary_encode_vectors: true },
		usual: ['keyspace', 'batch_size'],
	},
	{
		name: 'Azure AI Search',
		value: 'azure_ai_search',
		page: 'azure-ai-search',
		required: {
			endpoint: 'https://your-service.search.windows.net',
			index: 'your-index',
			key: 'your-api-key',
		},
		optional: {},
	},
	AZURE,
	COUCHBASE,
	{
		name: 'Databricks Delta Tables in Volumes',
		value: 'databricks_volume_delta_tables',
		page: 'databricks-delta-table',
		required: {
			server_hostname: 'your-workspace.cloud.databricks.com',
			http_path: '/sql/1.0/warehouses/your-warehouse-id',
			catalog: 'your-catalog',
			volume: 'your-volume',
		},
		optional: {
			client_id: 'your-client-id',
			client_secret: 'your-client-secret',
			token: 'your-personal-access-token',
			database: 'default',
			schema: 'default',
			table_name: 'your-table',
			volume_path: '/',
		},
		usual: ['client_id', 'client_secret', 'database', 'schema', 'table_name'],
	},
	DATABRICKS_VOLUMES,
	{
		name: 'Delta Table',
		value: 'delta_table',
		page: 'delta-table',
		required: {
			table_uri: 's3://your-bucket/table/',
			aws_access_key_id: 'your-access-key-id',
			aws_secret_access_key: 'your-secret-access-key',
			aws_region: 'us-east-1',
		},
		optional: {},
	},
	ELASTICSEARCH,
	{ ...GCS, required: { ...GCS.required, ...GCS_KEY }, optional: {} },
	FILENET,
	{
		name: 'IBM Watsonx.data',
		value: 'ibm_watsonx_s3',
		page: 'ibm-watsonxdata',
		required: {
			iceberg_endpoint: 'your-iceberg-endpoint',
			object_storage_endpoint: 'your-object-storage-endpoint',
			object_storage_region: 'us-south',
			iam_api_key: 'your-api-key',
			access_key_id: 'your-access-key-id',
			secret_access_key: 'your-secret-access-key',
			catalog: 'your-catalog',
			namespace: 'your-namespace',
			table: 'your-table',
		},
		optional: { record_id_key: 'record_id', max_retries: 50, max_retries_connection: 10 },
		usual: ['record_id_key'],
	},
	{ ...KAFKA, optional: { ...KAFKA.optional, ...BATCH }, usual: ['port', 'batch_size'] },
	{
		name: 'Milvus',
		value: 'milvus',
		page: 'milvus',
		required: {
			uri: 'https://your-host:19530',
			collection_name: 'your-collection',
			record_id_key: 'record_id',
		},
		optional: {
			user: 'your-user',
			password: 'your-password',
			token: 'your-token',
			db_name: 'default',
			flatten_metadata: true,
			fields_to_include: ['text', 'type'],
		},
		usual: ['user', 'password', 'db_name'],
	},
	MONGODB,
	{
		name: 'MotherDuck',
		value: 'motherduck',
		page: 'motherduck',
		required: { database: 'your-database', db_schema: 'main', md_token: 'your-token' },
		optional: { table: 'elements' },
		usual: ['table'],
	},
	{
		name: 'Neo4j',
		value: 'neo4j',
		page: 'neo4j',
		required: {
			uri: 'neo4j+s://your-host',
			database: 'neo4j',
			username: 'neo4j',
			password: 'your-password',
		},
		optional: BATCH,
		usual: ['batch_size'],
	},
	{
		...ONEDRIVE,
		required: { ...ONEDRIVE.required, remote_url: 'onedrive://your-folder/' },
		optional: MICROSOFT,
		usual: Object.keys(MICROSOFT),
	},
	OPENSEARCH,
	{
		name: 'Pinecone',
		value: 'pinecone',
		page: 'pinecone',
		required: { index_name: 'your-index', namespace: 'default', api_key: 'your-api-key' },
		optional: { batch_size: 50 },
		usual: ['batch_size'],
	},
	{ ...POSTGRES, optional: {} },
	{
		name: 'Qdrant Cloud',
		value: 'qdrant-cloud',
		page: 'qdrant',
		required: {
			url: 'https://your-cluster.cloud.qdrant.io:6333',
			collection_name: 'your-collection',
			api_key: 'your-api-key',
		},
		optional: { batch_size: 50 },
		usual: ['batch_size'],
	},
	{
		name: 'Redis',
		value: 'redis',
		page: 'redis',
		required: { host: 'your-host', port: 6379, database: 0, ssl: true },
		optional: {
			username: 'default',
			password: 'your-password',
			uri: 'rediss://default:password@your-host:6379/0',
			...BATCH,
		},
		usual: ['username', 'password', 'batch_size'],
	},
	S3,
	{
		...SNOWFLAKE,
		optional: {
			port: 443,
			table_name: 'elements',
			record_id_key: 'record_id',
			batch_size: 50,
		},
		usual: ['port', 'table_name', 'record_id_key', 'batch_size'],
	},
	{
		...TERADATA,
		optional: {
			database: 'your-database',
			dbs_port: 1025,
			table_name: 'elements',
			record_id_key: 'record_id',
			batch_size: 50,
		},
		usual: ['database', 'dbs_port', 'table_name', 'record_id_key', 'batch_size'],
	},
	{
		name: 'Weaviate Cloud',
		value: 'weaviate-cloud',
		page: 'weaviate',
		required: { cluster_url: 'https://your-cluster.weaviate.cloud', api_key: 'your-api-key' },
		optional: { collection: 'YourCollection' },
		usual: ['collection'],
	},
];

/** Whether a value contains an example that must be replaced. */
export const isExample = (value: unknown) => /your|example\.com/i.test(JSON.stringify(value));

/** The default config of a type. */
export const skeletonOf = ({ required, optional, usual = [] }: ConnectorType): IDataObject => ({
	...required,
	...Object.fromEntries(usual.map((key) => [key, optional[key]])),
});
