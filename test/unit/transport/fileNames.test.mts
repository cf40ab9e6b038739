import fc from 'fast-check';
import type * as FileNames from '../../../nodes/Unstructured/transport/fileNames.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { cleanFileName, cleanMimeType, withExtension } =
	built<typeof FileNames>('transport/fileNames');

describe('cleanFileName', () => {
	it.each([
		['report.pdf', 'report.pdf'],
		['Bericht "März" 2026\r\nX: y.pdf', "Bericht 'März' 2026 X: y.pdf"],
		['請求書 2026.pdf', '請求書 2026.pdf'],
		['../../etc/passwd', '.._.._etc_passwd'],
		['C:\\temp\\a.txt', 'C:_temp_a.txt'],
		['a\u0000b\u001b[31m.txt', 'ab[31m.txt'],
		['a\u2028b.txt', 'a b.txt'],
		['', 'file'],
		['..', 'file'],
		[' \t ', 'file'],
	])('turns %j into %j', (name, cleaned) => {
		expect(cleanFileName(name)).toBe(cleaned);
	});

	it('keeps the extension of a long name', () => {
		const cleaned = cleanFileName(`${'ü'.repeat(5_000)}.pdf`);
		expect(Buffer.byteLength(cleaned)).toBeLessThanOrEqual(200);
		expect(cleaned).toMatch(/^ü+\.pdf$/);
	});

	it('returns a stable name that is safe in a header, for any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
				const cleaned = cleanFileName(name);
				return (
					cleaned.length > 0 &&
					!/[\p{Cc}"/\\]/u.test(cleaned) &&
					Buffer.byteLength(cleaned) <= 200 &&
					cleanFileName(cleaned) === cleaned
				);
			}),
			{ numRuns: CASES },
		);
	});
});

describe('cleanMimeType', () => {
	it.each([
		['application/pdf', 'application/pdf'],
		['text/plain; charset=utf-8', 'text/plain'],
		['application/pdf;', 'application/pdf'],
		[' Application/PDF ; name="a;\u0000b"', 'application/pdf'],
		[
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		],
		['text/plain\r\nX: y', 'application/octet-stream'],
		['pdf', 'application/octet-stream'],
		['', 'application/octet-stream'],
	])('turns %j into %j', (type, cleaned) => {
		expect(cleanMimeType(type)).toBe(cleaned);
	});

	it('adds no header line, for any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (type) =>
				/^[ -~]+\/[ -~]+$/.test(cleanMimeType(type)),
			),
			{ numRuns: CASES },
		);
	});
});

describe('withExtension', () => {
	it.each([
		['Quarterly report', 'pdf', 'Quarterly report.pdf'],
		['12345', 'pdf', '12345.pdf'],
		['v1.2', 'pdf', 'v1.2.pdf'],
		['Invoice.2024', 'docx', 'Invoice.2024.docx'],
		['data.bin', 'pdf', 'data.bin.pdf'],
		['data.bin', 'bin', 'data.bin'],
		['report.', 'pdf', 'report.pdf'],
		['.pdf', 'pdf', '.pdf'],
		['report.PDF', 'pdf', 'report.PDF'],
		['photo.jpeg', 'jpg', 'photo.jpeg'],
		['notes.md', 'txt', 'notes.md'],
		['report.docx', 'zip', 'report.docx'],
		['v1.2', undefined, 'v1.2'],
	])('names %j with the extension %j %j', (name, extension, expected) => {
		expect(withExtension(name, extension)).toBe(expected);
	});
});
