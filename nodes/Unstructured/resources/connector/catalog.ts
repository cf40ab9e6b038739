import type { IDataObject } from 'n8n-workflow';

/** A type of connector, and what to fill in for it. Keys that are empty are not sent. */
export interface ConnectorType {
	name: string;
	/** The API's word. */
	value: string;
	config: IDataObject;
}

/*
 * The types of docs/api-notes.md 7.4, 7.5, by name. The keys of a config are those of the official SDK's models, Slack's and
 * MotherDuck's of the documentation; those of Teradata as a destination are inferred from the source.
 */

const AZURE = {
	remote_url: 'az://container/folder/',
	account_name: '',
	account_key: '',
	connection_string: '',
	sas_token: '',
};
const COUCHBASE = {
	connection_string: 'couchbases://host',
	bucket: '',
	scope: '_default',
	collection: '_default',
	username: '',
	password: '',
	batch_size: 50,
};
const DATABRICKS_VOLUMES = {
	host: 'https://workspace.cloud.databricks.com',
	catalog: '',
	schema: 'default',
	volume: '',
	volume_path: '/',
	client_id: '',
	client_secret: '',
};
const ELASTICSEARCH = { hosts: ['https://host:9200'], index_name: '', es_api_key: '' };
const GCS = { remote_url: 'gs://bucket/folder/', service_account_key: '' };
const KAFKA = {
	bootstrap_servers: '',
	port: 9092,
	topic: '',
	group_id: '',
	kafka_api_key: '',
	secret: '',
};
const MONGODB = {
	uri: 'mongodb+srv://user:password@host/',
	database: '',
	collection: '',
};
const MICROSOFT = {
	client_id: '',
	client_cred: '',
	tenant: '',
	authority_url: 'https://login.microsoftonline.com',
};
const ONEDRIVE = { ...MICROSOFT, user_pname: 'user@example.com' };
const OPENSEARCH = {
	hosts: ['https://host:9200'],
	index_name: '',
	username: '',
	password: '',
	use_ssl: true,
};
const POSTGRES = {
	host: '',
	port: 5432,
	database: '',
	username: '',
	password: '',
	table_name: '',
	batch_size: 100,
};
const S3 = { remote_url: 's3://bucket/folder/', key: '', secret: '', token: '', endpoint_url: '' };
const SNOWFLAKE = {
	account: '',
	user: '',
	password: '',
	host: 'account.snowflakecomputing.com',
	port: 443,
	database: '',
	schema: '',
	role: '',
	table_name: '',
	batch_size: 100,
};
const TERADATA = {
	host: '',
	dbs_port: 1025,
	database: '',
	table_name: '',
	user: '',
	password: '',
	batch_size: 100,
};

export const SOURCE_TYPES: ConnectorType[] = [
	{ name: 'Azure Blob Storage', value: 'azure', config: { ...AZURE, recursive: true } },
	{
		name: 'Box',
		value: 'box',
		config: { remote_url: 'box://folder/', box_app_config: '', recursive: true },
	},
	{
		name: 'Confluence',
		value: 'confluence',
		config: {
			url: 'https://site.atlassian.net',
			username: '',
			api_token: '',
			cloud: true,
			max_num_of_spaces: 500,
			max_num_of_docs_from_each_space: 150,
		},
	},
	{ name: 'Couchbase', value: 'couchbase', config: { ...COUCHBASE, collection_id: 'id' } },
	{ name: 'Databricks Volumes', value: 'databricks_volumes', config: DATABRICKS_VOLUMES },
	{
		name: 'Dropbox',
		value: 'dropbox',
		config: { remote_url: 'dropbox://folder/', token: '', recursive: true },
	},
	{ name: 'Elasticsearch', value: 'elasticsearch', config: ELASTICSEARCH },
	{ name: 'Google Cloud Storage', value: 'gcs', config: { ...GCS, recursive: true } },
	{
		name: 'Google Drive',
		value: 'google_drive',
		config: { drive_id: '', service_account_key: '', recursive: true },
	},
	{
		name: 'Jira',
		value: 'jira',
		config: {
			url: 'https://site.atlassian.net',
			username: '',
			password: '',
			token: '',
			projects: ['PROJECT'],
			cloud: true,
		},
	},
	{ name: 'Kafka Cloud', value: 'kafka-cloud', config: { ...KAFKA, num_messages_to_consume: 100 } },
	{ name: 'MongoDB', value: 'mongodb', config: MONGODB },
	{ name: 'OneDrive', value: 'onedrive', config: { ...ONEDRIVE, path: '/', recursive: true } },
	{ name: 'OpenSearch', value: 'opensearch', config: OPENSEARCH },
	{
		name: 'Outlook',
		value: 'outlook',
		config: {
			...MICROSOFT,
			user_email: 'user@example.com',
			outlook_folders: ['Inbox'],
			recursive: false,
		},
	},
	{
		name: 'PostgreSQL',
		value: 'postgres',
		config: { ...POSTGRES, id_column: 'id', fields: ['id', 'text'] },
	},
	{ name: 'S3', value: 's3', config: { ...S3, recursive: true } },
	{
		name: 'Salesforce',
		value: 'salesforce',
		config: {
			username: '',
			consumer_key: '',
			private_key: '',
			categories: ['Account', 'Campaign', 'Case', 'EmailMessage', 'Lead'],
		},
	},
	{
		name: 'SharePoint',
		value: 'sharepoint',
		config: {
			...MICROSOFT,
			site: 'https://tenant.sharepoint.com/sites/site',
			user_pname: '',
			path: '',
			recursive: true,
		},
	},
	{
		name: 'Slack',
		value: 'slack',
		config: { channels: ['C0123456789'], token: '', start_date: '', end_date: '' },
	},
	{
		name: 'Snowflake',
		value: 'snowflake',
		config: { ...SNOWFLAKE, id_column: 'id', fields: ['id', 'text'] },
	},
	{ name: 'Teradata', value: 'teradata', config: { ...TERADATA, id_column: 'id' } },
	{
		name: 'Zendesk',
		value: 'zendesk',
		config: { subdomain: '', email: '', api_token: '', item_type: 'tickets' },
	},
];

export const DESTINATION_TYPES: ConnectorType[] = [
	{
		name: 'Astra DB',
		value: 'astradb',
		config: {
			api_endpoint: 'https://id-region.apps.astra.datastax.com',
			token: '',
			collection_name: '',
			keyspace: 'default_keyspace',
			batch_size: 20,
		},
	},
	{
		name: 'Azure AI Search',
		value: 'azure_ai_search',
		config: { endpoint: 'https://service.search.windows.net', index: '', key: '' },
	},
	{ name: 'Azure Blob Storage', value: 'azure', config: AZURE },
	{ name: 'Couchbase', value: 'couchbase', config: COUCHBASE },
	{
		name: 'Databricks Delta Tables in Volumes',
		value: 'databricks_volume_delta_tables',
		config: {
			server_hostname: 'workspace.cloud.databricks.com',
			http_path: '',
			client_id: '',
			client_secret: '',
			token: '',
			catalog: '',
			database: 'default',
			schema: '',
			table_name: '',
			volume: '',
			volume_path: '',
		},
	},
	{ name: 'Databricks Volumes', value: 'databricks_volumes', config: DATABRICKS_VOLUMES },
	{
		name: 'Delta Table',
		value: 'delta_table',
		config: {
			table_uri: 's3://bucket/table/',
			aws_access_key_id: '',
			aws_secret_access_key: '',
			aws_region: 'us-east-1',
		},
	},
	{ name: 'Elasticsearch', value: 'elasticsearch', config: ELASTICSEARCH },
	{ name: 'Google Cloud Storage', value: 'gcs', config: GCS },
	{
		name: 'IBM Watsonx.data',
		value: 'ibm_watsonx_s3',
		config: {
			iceberg_endpoint: '',
			object_storage_endpoint: '',
			object_storage_region: '',
			iam_api_key: '',
			access_key_id: '',
			secret_access_key: '',
			catalog: '',
			namespace: '',
			table: '',
			record_id_key: 'record_id',
		},
	},
	{ name: 'Kafka Cloud', value: 'kafka-cloud', config: { ...KAFKA, batch_size: 100 } },
	{
		name: 'Milvus',
		value: 'milvus',
		config: {
			uri: 'https://host:19530',
			user: '',
			password: '',
			token: '',
			db_name: 'default',
			collection_name: '',
			record_id_key: 'record_id',
		},
	},
	{ name: 'MongoDB', value: 'mongodb', config: MONGODB },
	{
		name: 'MotherDuck',
		value: 'motherduck',
		config: { database: '', db_schema: 'main', table: 'elements', md_token: '' },
	},
	{
		name: 'Neo4j',
		value: 'neo4j',
		config: {
			uri: 'neo4j+s://host',
			database: 'neo4j',
			username: 'neo4j',
			password: '',
			batch_size: 100,
		},
	},
	{
		name: 'OneDrive',
		value: 'onedrive',
		config: { ...ONEDRIVE, remote_url: 'onedrive://folder/' },
	},
	{ name: 'OpenSearch', value: 'opensearch', config: OPENSEARCH },
	{
		name: 'Pinecone',
		value: 'pinecone',
		config: { index_name: '', namespace: 'default', api_key: '', batch_size: 50 },
	},
	{ name: 'PostgreSQL', value: 'postgres', config: POSTGRES },
	{
		name: 'Qdrant Cloud',
		value: 'qdrant-cloud',
		config: {
			url: 'https://id.region.aws.cloud.qdrant.io:6333',
			collection_name: '',
			api_key: '',
			batch_size: 50,
		},
	},
	{
		name: 'Redis',
		value: 'redis',
		config: {
			host: '',
			port: 6379,
			database: 0,
			username: 'default',
			password: '',
			ssl: true,
			batch_size: 100,
		},
	},
	{ name: 'S3', value: 's3', config: S3 },
	{ name: 'Snowflake', value: 'snowflake', config: { ...SNOWFLAKE, record_id_key: 'record_id' } },
	{ name: 'Teradata', value: 'teradata', config: { ...TERADATA, record_id_key: 'record_id' } },
	{
		name: 'Weaviate Cloud',
		value: 'weaviate-cloud',
		config: { cluster_url: 'https://id.region.gcp.weaviate.cloud', collection: '', api_key: '' },
	},
];
