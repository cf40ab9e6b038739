import { useOpenAi } from './support.mjs';

const openAi = useOpenAi();

describe('embeddings', () => {
	const embed = async (input: string | string[], more: object = {}) => {
		const { data } = await openAi.client.embeddings.create({
			model: 'text-embedding-3-small',
			input,
			...more,
		});
		return data.map(({ embedding }) => embedding);
	};
	const likeness = (one: number[], other: number[]) =>
		one.reduce((sum, value, place) => sum + value * other[place], 0);

	it('are close for texts that share words, and the same for the same text', async () => {
		const [question, answer, other, again] = await embed([
			'How long is the warranty of the pump?',
			'The warranty of the pump lasts three years.',
			'Clean the filter twice a year.',
			'how long is THE warranty of the pump',
		]);
		expect(question).toHaveLength(1536);
		expect(likeness(question, question)).toBeCloseTo(1);
		expect(again).toEqual(question);
		expect(likeness(question, answer)).toBeGreaterThan(likeness(question, other) + 0.3);
	});

	it('are returned as numbers, or as base64, which the SDK requests by default', async () => {
		const [asBase64] = await embed('One pump');
		const [asNumbers] = await embed('One pump', { encoding_format: 'float' });
		expect(asNumbers).toHaveLength(1536);
		asNumbers.forEach((value, place) => expect(asBase64[place]).toBeCloseTo(value, 6));
		const { body } = await openAi.control('requests');
		expect(body).toMatchObject([
			{ path: '/v1/embeddings', body: { encoding_format: 'base64' } },
			{ path: '/v1/embeddings', body: { encoding_format: 'float' } },
		]);
	});

	it('have the dimensions of the request or the model', async () => {
		expect((await embed('a', { dimensions: 256 }))[0]).toHaveLength(256);
		expect((await embed('a', { model: 'text-embedding-3-large' }))[0]).toHaveLength(3072);
	});

	it('have a direction even for a text without words', async () => {
		const [dots] = await embed('...');
		expect(likeness(dots, dots)).toBeCloseTo(1);
	});

	it.each([[''], [['a', '']], [[]], [Array<string>(2049).fill('a')]])(
		'are rejected for %#',
		async (input) => {
			await expect(embed(input)).rejects.toMatchObject({
				status: 400,
				type: 'invalid_request_error',
				message: expect.stringContaining("'input' must be") as string,
			});
		},
	);
});
