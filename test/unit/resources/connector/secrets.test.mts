import fc from 'fast-check';
import { built } from '../../../support/built.mjs';

const { maskSecrets, secretsIn, holdsMask } = built<{
	maskSecrets: (value: unknown) => unknown;
	secretsIn: (value: unknown) => string[];
	holdsMask: (value: unknown) => boolean;
}>('resources/connector/secrets');
const { SOURCE_TYPES, DESTINATION_TYPES } = built<
	Record<string, Array<{ value: string; config: Record<string, unknown> }>>
>('resources/connector/catalog');

const SECRET_KEYS = [
	'key',
	'secret',
	'token',
	'password',
	'api_key',
	'client_secret',
	'client_cred',
	'connection_string',
	'service_account_key',
	'api-token',
	'clientSecret',
	'aws_secret_access_key',
	'box_app_config',
	'md_token',
];

it('shows no secret, at whatever depth it stands', () => {
	const secret = fc.string({ minLength: 12 }).map((text) => `~${text}~`);
	const leaf = fc.record({ key: fc.constantFrom(...SECRET_KEYS), secret });
	const wrapped = fc.tuple(
		leaf,
		fc.array(fc.constantFrom('list', 'nested', 'key'), { maxLength: 4 }),
	);
	fc.assert(
		fc.property(wrapped, ([{ key, secret: text }, path]) => {
			const config = path.reduce<unknown>(
				(inner, step) => (step === 'list' ? [inner] : { [step]: inner }),
				{ [key]: text },
			);
			const masked = maskSecrets(config);
			expect(JSON.stringify(masked)).not.toContain(JSON.stringify(text).slice(1, -1));
			expect(secretsIn(config)).toContain(text);
			expect(holdsMask(masked)).toBe(true);
		}),
	);
});

it('leaves everything else as it is', () => {
	const config = {
		remote_url: 's3://bucket/folder/',
		url: 'https://user@host:8080/a@b',
		username: 'user',
		keyspace: 'k',
		record_id_key: 'record_id',
		hosts: ['https://host:9200'],
		recursive: true,
		batch_size: 50,
		token: '',
		password: null,
		use_token: false,
	};
	expect(maskSecrets(config)).toEqual(config);
	expect(secretsIn(config)).toEqual(['']);
	expect(holdsMask(config)).toBe(false);
});

it('knows the types by unique names, and no secret stands in what is filled in', () => {
	for (const types of [SOURCE_TYPES, DESTINATION_TYPES]) {
		const values = types.map(({ value }) => value);
		expect(new Set(values).size).toBe(values.length);
		for (const { config } of types) {
			expect(
				secretsIn(config).filter((text) => !/^(|password|couchbases:\/\/host)$/.test(text)),
			).toEqual([]);
		}
	}
});
