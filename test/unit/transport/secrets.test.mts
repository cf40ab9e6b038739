import fc from 'fast-check';
import { built } from '../../support/built.mjs';

const { maskSecrets, maskText, secretsIn, holdsMask, isSecretName } = built<{
	maskSecrets: <T>(value: T) => T;
	maskText: (text: string) => string;
	secretsIn: (value: unknown) => string[];
	holdsMask: (value: unknown) => boolean;
	isSecretName: (name: string) => boolean;
}>('transport/secrets');

const SECRET_NAMES =
	'access_key access_key_id access_token account_key accountKey AccountKey api_key api-key apiKey APIKey API_KEY apikey api_keys api_token app_config auth Authorization authorization aws_access_key_id aws_secret_access_key basic_auth bearer box_app_config ca_cert certificate client_cert client_cred client_secret clientSecret CLIENT_SECRET conn_str connection_string connectionString consumer_key cookie credentials credentials_json database_url dbpassword db_url dsn encryption_key es_api_key hmac iam_api_key jdbc_url jwt kafka_api_key kerberos_keytab key key_file keyfile keytab license_key md_token oauth oauth_token otp pass passcode passphrase passwd password password_hash pat pem pin private private_key private_key_id privateKey provider_api_key proxy_authorization pw pwd refresh_token refreshToken sas sas_token sas_url sasl_password secret secrets secret_access_key secretaccesskey secretkey SecretKey security_token service_account service_account_info service_account_json service_account_key session session_token sharedaccesskey SharedAccessKey shared_access_key sig signing_key ssh_key sshkey ssl_key tls_key token tokens user_pass userpass webhook_secret webhook_url X-Amz-Security-Token X-Amz-Signature X-Api-Key';
const OTHER_NAMES =
	'account account_name api_key_name author authority_url auth_mode auth_source authentication_type auth_uri batch_size bucket bypass cache_key chunk_tokens_per_page client_id collection_id collection_name compass container database document extensions file_id fields filename host id id_column id_key index_name job_id key_column key_phrases keyspace keywords max_keys max_output_tokens max_tokens model monkey name namespace num_tokens object_key output_format partition_key passage pattern path piney port primary_key prompt public_key record_id_key recursive remote_url routing_key row_key scope secret_name signature_algorithm sort_key status table_name tenant text text_key token_count token_limit token_type token_uri token_url tokenizer total_tokens type uri url use_ssl user user_pname username workflow_id xml_keep_tags';

it.each(SECRET_NAMES.split(' '))('recognizes %s as the name of a secret', (name) => {
	expect(isSecretName(name)).toBe(true);
	expect(maskSecrets({ [name]: 'value-1' })).toEqual({ [name]: '*****' });
});

it.each(OTHER_NAMES.split(' '))('keeps the value of %s', (name) => {
	expect(isSecretName(name)).toBe(false);
	expect(maskSecrets({ [name]: 'value-1' })).toEqual({ [name]: 'value-1' });
});

it('masks a secret under its name at any depth', () => {
	const secret = fc.string({ minLength: 12 }).map((text) => `~${text}~`);
	const steps = fc.array(fc.constantFrom('list', 'nested', 'settings'), { maxLength: 4 });
	const name = fc.constantFrom(...SECRET_NAMES.split(' '));
	fc.assert(
		fc.property(name, secret, steps, (key, text, path) => {
			const config = path.reduce<unknown>(
				(inner, step) => (step === 'list' ? [inner] : { [step]: inner }),
				{ [key]: text },
			);
			const masked = maskSecrets(config);
			expect(JSON.stringify(masked)).not.toContain(JSON.stringify(text).slice(1, -1));
			expect(secretsIn(config)).toContain(text);
			expect(holdsMask(config)).toBe(false);
			expect(holdsMask(masked)).toBe(true);
		}),
	);
});

const S = 'S3CRET-value';
const TEXTS: Array<[string, string]> = [
	[`postgresql://u:${S}@h`, 'postgresql://u:*****@h'],
	[
		`could not connect to postgresql://u:${S}@h: closed`,
		'could not connect to postgresql://u:*****@h: closed',
	],
	[`mongodb+srv://user:p@${S}:x/y@host/?w=majority`, 'mongodb+srv://user:*****@host/?w=majority'],
	[`redis://:${S}@host:6379`, 'redis://:*****@host:6379'],
	[`http://a:${S}1@h1,http://b:${S}2@h2`, 'http://a:*****@h1,http://b:*****@h2'],
	[`postgres://u:${S} spaced@h/db`, 'postgres://u:*****@h/db'],
	[
		`mongodb://u:${S}@h1:27017,h2:27017/db?authSource=admin`,
		'mongodb://u:*****@h1:27017,h2:27017/db?authSource=admin',
	],
	[
		`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${S}==;EndpointSuffix=core.windows.net`,
		'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=*****;EndpointSuffix=core.windows.net',
	],
	[
		`Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey=${S}`,
		'Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey=*****',
	],
	[`Driver={x};Server=s;Uid=u;Pwd=${S};`, 'Driver={x};Server=s;Uid=u;Pwd=*****;'],
	[`Driver={x};Pwd={${S};more};Server=s`, 'Driver={x};Pwd={*****};Server=s'],
	[
		`jdbc:postgresql://h/db?user=u&password=${S}&ssl=true`,
		'jdbc:postgresql://h/db?user=u&password=*****&ssl=true',
	],
	[
		`https://a.blob.core.windows.net/c?sv=1&sig=${S}&se=2`,
		'https://a.blob.core.windows.net/c?sv=1&sig=*****&se=2',
	],
	[
		`https://b.s3.amazonaws.com/x?X-Amz-Signature=${S}`,
		'https://b.s3.amazonaws.com/x?X-Amz-Signature=*****',
	],
	[`https://h/x?api_key=${S}`, 'https://h/x?api_key=*****'],
	[`md:db?motherduck_token=${S}`, 'md:db?motherduck_token=*****'],
	[`login failed: user=u password = "${S} x"`, 'login failed: user=u password = "*****"'],
	[`-----BEGIN PRIVATE KEY-----\n${S}\n-----END PRIVATE KEY-----\n`, '*****\n'],
	[`key: -----BEGIN RSA PRIVATE KEY-----\\n${S}`, 'key: *****'],
	[
		`{"type":"service_account","private_key":"${S}\\n\\"x","client_email":"a@b"}`,
		'{"type":"service_account","private_key":"*****","client_email":"a@b"}',
	],
	[
		`bad: {\\"private_key\\": \\"${S}\\", \\"id\\": 1}`,
		'bad: {\\"private_key\\": \\"*****\\", \\"id\\": 1}',
	],
	[`Bad config: {'secret': '${S}', 'id': 'a'}`, "Bad config: {'secret': '*****', 'id': 'a'}"],
	[`cut off: {"secret": "${S}`, 'cut off: {"secret": "*****'],
	[`{"pin": 987654, "port": 5432}`, '{"pin": *****, "port": 5432}'],
	[`Authorization: Bearer ${S}`, 'Authorization: Bearer *****'],
	[`Bearer ${S}`, 'Bearer *****'],
	['Basic dXNlcjpwYXNzd29yZA==', 'Basic *****'],
	['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF-_123 refused', 'token ***** refused'],
	['Incorrect API key provided: sk-proj-abcdefghijklmnop1234', 'Incorrect API key provided: *****'],
	['The key AKIAIOSFODNN7EXAMPLE does not exist', 'The key ***** does not exist'],
	['https://a1b2c3d4e5f6a7b8c9d0e1f2@host/x', 'https://*****@host/x'],
];

it.each(TEXTS)('masks the secret in %j', (text, masked) => {
	expect(maskText(text)).toBe(masked);
	expect(maskText(masked)).toBe(masked);
	expect(maskSecrets({ note: [text] })).toEqual({ note: [masked] });
	expect(secretsIn({ note: text })).not.toEqual([]);
});

it.each([
	'https://user@host:8080/a@b',
	'https://host:8080/path/a@b.c',
	'neo4j+s://host',
	's3://bucket/folder/',
	'mail to someone@example.com: done',
	'Basic authentication is off. Bearer authentication is on.',
	'Basic Authentication required',
	'primary_key=id and max_tokens=512, token_count=7',
	'config.password: Field required',
	'{"properties": {"password": {"type": "string"}, "private_key": {"type": "string"}}}',
	'Answer as JSON: {"name": "x", "token_count": 3}',
	'2507.13305v1-d88db765.pdf',
	'a1b2c3d4-5e6f-7a8b-9c0d-1e2f3a4b5c6d',
	'0 */2 * * *',
	'**Important**: keep *****this***** line',
	'jdbc:postgresql://h/db?user=u&sslmode=require',
	'The secret of good tea; the key is patience.',
])('keeps %j', (text) => {
	expect(maskText(text)).toBe(text);
	expect(holdsMask({ prompt: text })).toBe(false);
});

it('keeps booleans, counts, and empty values', () => {
	const config = {
		token: '',
		password: null,
		use_token: false,
		secrets: [],
		auth: {},
		tokens: 512,
		keys: 3,
		verify_cert: true,
	};
	expect(maskSecrets(config)).toEqual(config);
	expect(secretsIn(config)).toEqual([]);
	expect(maskSecrets({ pin: 1234 })).toEqual({ pin: '*****' });
});

it.each([
	[{ api_key: '*****' }],
	[{ note: '*****' }],
	[{ conn: '********' }],
	[{ api_key: 'sk-1****' }],
	[{ api_key: '••••••••' }],
	[{ tokens: ['*****'] }],
	[{ password: '[REDACTED]' }],
	[{ token: '<redacted>' }],
	[{ nested: [{ uri: 'mongodb://u:*****@h' }] }],
	[{ uri: 'mongodb://u:****@h' }],
	[{ url: 'https://h/?api_key=*****' }],
	[{ json: '{"private_key":"*****"}' }],
	[{ settings: { provider_api_key: ' ***** ' } }],
])('finds the mask in %j', (value) => {
	expect(holdsMask(value)).toBe(true);
});

it('finishes quickly for hostile texts', () => {
	for (const part of [
		'a.',
		'a://',
		'a:b@',
		'"a',
		'\\"a\\":',
		'key=',
		'-----BEGIN A-----',
		'Bearer ',
		'a://u:',
	]) {
		const started = performance.now();
		maskText(part.repeat(65_536 / part.length));
		expect([part, performance.now() - started < 1_500]).toEqual([part, true]);
	}
});
