import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi } from './support.mjs';

const api = useApi();

interface Element {
	type: string;
	element_id: string;
	text: string;
	metadata: Record<string, unknown>;
	embeddings?: number[];
}

/** The elements of a file, from a finished job. */
async function elements(
	name: string,
	content: string | Buffer,
	type: string,
	{ workflow = SEEDED.localFiles as string, node = undefined as number | undefined } = {},
) {
	const { body: job } = await api.run(workflow, [name, content, type]);
	await api.emulator.advance(10);
	const query = new URLSearchParams({ file_id: job.input_file_ids[0] });
	if (node !== undefined) query.set('node_id', job.output_node_files[node].node_id);
	const { status, body } = await api.call<Element[]>(
		`/jobs/${job.id}/download?${query.toString()}`,
	);
	expect(status).toBe(200);
	return body;
}

const brief = (found: Element[]) => found.map(({ type, text }) => [type, text]);

/** A PDF of one page with one line. */
function pdf(line: string): Buffer {
	const stream = `BT /F1 12 Tf 20 100 Td (${line}) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
		`<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
	];
	let text = '%PDF-1.4\n';
	const offsets = objects.map((object, i) => {
		const offset = text.length;
		text += `${i + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(offset).padStart(10, '0')} 00000 n \n`;
	});
	const table = `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}`;
	return Buffer.from(
		`${text}${table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`,
	);
}

it.each<[string, string, string | Buffer, string[][]]>([
	[
		'a.txt',
		'text/plain',
		'One.\n\nTwo\nlines.\n',
		[
			['NarrativeText', 'One.'],
			['NarrativeText', 'Two\nlines.'],
		],
	],
	[
		'a.md',
		'text/markdown',
		'# Head\n\nText.\n\n- item\n',
		[
			['Title', 'Head'],
			['NarrativeText', 'Text.'],
			['ListItem', 'item'],
		],
	],
	[
		'a.html',
		'text/html',
		'<h2>Head</h2><p>Text <b>bold</b></p><pre>x = 1</pre>',
		[
			['Title', 'Head'],
			['NarrativeText', 'Text bold'],
			['CodeSnippet', 'x = 1'],
		],
	],
	['a.csv', 'text/csv', 'a,b\n1,"2, 3"\n', [['Table', 'a b\n1 2, 3']]],
	[
		'a.eml',
		'message/rfc822',
		'From: a@example.com\r\nTo: b@example.com\r\nSubject: Hi\r\n\r\nHello.\r\n',
		[['NarrativeText', 'Hello.']],
	],
	['a.pdf', 'application/pdf', pdf('Hello PDF'), [['NarrativeText', 'Hello PDF']]],
	['a.docx', 'application/octet-stream', 'binary', [['UncategorizedText', 'a.docx: 6 bytes']]],
	['no extension', 'text/plain', 'By type.', [['NarrativeText', 'By type.']]],
])('%s (%s) becomes elements', async (name, type, content, expected) => {
	const found = await elements(name, content, type);
	expect(brief(found)).toEqual(expected);
	for (const { element_id: id, metadata } of found) {
		expect(id).toMatch(/^[0-9a-f]{32}$/);
		expect(metadata).toMatchObject({ filename: name, filetype: type, languages: ['eng'] });
	}
});

it('includes the metadata of the format', async () => {
	const [mail] = await elements(
		'a.eml',
		'From: a@example.com\r\nTo: b@example.com\r\nSubject: Hi\r\n\r\nHello.\r\n',
		'message/rfc822',
	);
	expect(mail.metadata).toMatchObject({ subject: 'Hi', sent_from: ['a@example.com'] });
	const [table] = await elements('a.csv', 'a,<b>\n', 'text/csv');
	expect(table.metadata.text_as_html).toBe('<table><tr><td>a</td><td>&lt;b&gt;</td></tr></table>');
	const [page] = await elements('a.pdf', pdf('Hello'), 'application/pdf');
	expect(page.metadata.page_number).toBe(1);
});

it('is the output of the last node, or of the requested one', async () => {
	const workflow = SEEDED.localFilesWithEmbeddings;
	const [last] = await elements('a.txt', 'One.', 'text/plain', { workflow });
	expect(last.type).toBe('CompositeElement');
	expect(last.embeddings?.length).toBeGreaterThan(0);
	expect(last.embeddings?.every((number) => Math.abs(number) <= 1)).toBe(true);
	const [first] = await elements('a.txt', 'One.', 'text/plain', { workflow, node: 0 });
	expect(first.type).toBe('NarrativeText');
	expect(first).not.toHaveProperty('embeddings');
	const [chunked] = await elements('a.txt', 'One.', 'text/plain', { workflow, node: 2 });
	expect(chunked.type).toBe('CompositeElement');
	expect(chunked).not.toHaveProperty('embeddings');
});

it('rejects a node of another workflow', async () => {
	const { body: job } = await api.run(SEEDED.localFiles, ['a.txt', 'a']);
	await api.emulator.advance(10);
	const node = '00000000-0000-4000-8000-000000000000';
	const path = `/jobs/${job.id}/download?file_id=${job.input_file_ids[0]}&node_id=${node}`;
	expect(await api.call(path)).toMatchObject({
		status: 404,
		body: { detail: `Node ${node} not found` },
	});
});

it('fails a file with the wrong extension, for the reason of its parser', async () => {
	const { body: job } = await api.run(
		SEEDED.localFiles,
		['good.pdf', pdf('Hello'), 'application/pdf'],
		['bad.pdf', 'no PDF', 'application/pdf'],
		['bad.csv', '"never closed', 'text/csv'],
	);
	const failedFiles = async () =>
		(
			await api.call<{ failed_files: Array<{ document: string; error: string }> }>(
				`/jobs/${job.id}/failed-files`,
			)
		).body.failed_files;
	expect(await failedFiles()).toEqual([]);
	await api.emulator.advance(10);
	const [good, pdfId, csvId] = job.input_file_ids;
	expect(await failedFiles()).toEqual([
		{ document: pdfId, error: 'Invalid PDF structure.' },
		{ document: csvId, error: expect.stringContaining('Quote Not Closed') as string },
	]);
	expect((await api.call(`/jobs/${job.id}`)).body.status).toBe('COMPLETED');
	const details = (await api.call(`/jobs/${job.id}/details`)).body;
	expect(details.processing_status).toBe('COMPLETED_WITH_ERRORS');
	const download = async (id: string) =>
		(await api.call(`/jobs/${job.id}/download?file_id=${id}`)).status;
	expect(await Promise.all([good, pdfId, csvId].map(download))).toEqual([200, 404, 404]);
});
