import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type * as AgentAnswer from '../../../nodes/Unstructured/items/agentAnswer.js';
import { built } from '../../support/built.mjs';

const { fit, simplified } = built<typeof AgentAnswer>('items/agentAnswer');

const JOB = {
	id: 'j',
	workflow_id: 'w',
	workflow_name: 'Contracts',
	status: 'COMPLETED',
	created_at: '2026-04-29T10:00:00Z',
	runtime: null,
	input_file_ids: Array.from({ length: 30 }, (_, place) => `f${place}.pdf`),
	output_node_files: [{ file_id: 'f0.pdf', node_id: 'n' }],
	job_type: 'ephemeral',
	tomorrow: { unknown: true },
};

describe('a result for a model', () => {
	it('reduces a job to its status, without long or useless lists', () => {
		const { runtime, output_node_files, input_file_ids, ...same } = JOB;
		expect(simplified(JOB)).toEqual({
			...same,
			input_file_ids: [...input_file_ids.slice(0, 20), '… and 10 more'],
		});
		expect([runtime, output_node_files.length]).toEqual([null, 1]);
	});

	it('reduces an element to its type, its text, and its page', () => {
		const text = 'x'.repeat(5_000);
		const metadata = { page_number: 3, coordinates: { points: [[1, 2]] }, languages: ['eng'] };
		const element = { type: 'Title', element_id: 'e', text, metadata, embeddings: [0.1, 0.2] };
		expect(simplified(element)).toEqual({ type: 'Title', text, page_number: 3 });
		expect(simplified({ type: 'Title', text: 'a', metadata: {} })).toEqual({
			type: 'Title',
			text: 'a',
		});
	});

	it('reduces a workflow to nodes without settings', () => {
		const node = { id: null, name: 'Partitioner', type: 'partition', subtype: 'vlm' };
		const given = { name: 'A', workflow_nodes: [{ ...node, settings: { prompt: 'long' } }] };
		const { id, ...short } = node;
		expect(simplified(given)).toEqual({ name: 'A', workflow_nodes: [short] });
		expect(id).toBeNull();
	});

	it('truncates any other long text', () => {
		const { error } = simplified({ error: 'e'.repeat(3_000) }) as { error: string };
		expect(error).toMatch(/^e{1000}… \[truncated at 1000 of 3000 characters\]$/);
	});
});

describe('the size limit', () => {
	const texts = fc.array(
		fc.record({ file_name: fc.string({ maxLength: 20 }), text: fc.string({ maxLength: 3_000 }) }),
		{ maxLength: 60 },
	);

	it('is respected for any items, with a note on what is missing', () => {
		fc.assert(
			fc.property(texts, fc.integer({ min: 1_000, max: 30_000 }), (results, max) => {
				const shown = fit(results, max);
				const isCut = shown.length !== results.length || shown.at(-1)?.note !== undefined;
				const kept = isCut ? shown.slice(0, -1) : shown;
				const plain = kept.map((json) => {
					const text = (json.text as string).replace(
						/… \[truncated at \d+ of \d+ characters\]$/,
						'',
					);
					return JSON.stringify({ ...json, text: '' }).length + text.length;
				});
				expect(plain.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(max);
				if (isCut) {
					const said = `${kept.length} of ${results.length} results are shown`;
					expect(shown.at(-1)?.note).toContain(said);
				}
				kept.forEach(({ text }, place) => {
					const whole = results[place].text;
					if (text !== whole)
						expect(text).toMatch(new RegExp(` of ${whole.length} characters\\]$`));
				});
			}),
		);
	});

	it('is shared between the texts, and long ones use what short ones leave', () => {
		const results = [10, 5_000, 5_000].map((length): IDataObject => ({ text: 'a'.repeat(length) }));
		const frames = 3 * '{"text":""}'.length;
		const [short, ...long] = fit(results, 2_010 + frames).map(({ text }) => text as string);
		expect(short).toHaveLength(10);
		for (const text of long)
			expect(text).toMatch(/^a{1000}… \[truncated at 1000 of 5000 characters\]$/);
	});

	it('does not split a character', () => {
		const [{ text }] = fit([{ text: '😀'.repeat(1_000) }], 512);
		expect(text).toMatch(/^(😀)+… \[truncated/u);
	});

	it('omits nothing if everything fits', () => {
		expect(fit([JOB, { text: 'a' }], 20_000)).toEqual([JOB, { text: 'a' }]);
		expect(fit([], 10)).toEqual([]);
	});
});
