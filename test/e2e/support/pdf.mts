/** Writes a PDF with a page for each list, and a line for each text in it. ASCII only. */
export function makePdf(pages: string[][]): Buffer {
	const objects = ['<</Type/Catalog/Pages 2 0 R>>', ''];
	objects.push('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
	const kids = pages.map((lines) => {
		const text = lines.map((line) => `(${line}) Tj T*`).join(' ');
		const stream = `BT /F1 12 Tf 60 760 Td 24 TL ${text} ET`;
		objects.push(`<</Length ${stream.length}>>\nstream\n${stream}\nendstream`);
		const resources = '<</Font<</F1 3 0 R>>>>';
		return `${objects.push(
			`<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${objects.length} 0 R/Resources${resources}>>`,
		)} 0 R`;
	});
	objects[1] = `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${kids.length}>>`;
	let pdf = '%PDF-1.4\n';
	const offsets = objects.map((object, place) => {
		const offset = String(pdf.length).padStart(10, '0');
		pdf += `${place + 1} 0 obj\n${object}\nendobj\n`;
		return `${offset} 00000 n \n`;
	});
	const size = objects.length + 1;
	const start = pdf.length;
	pdf += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
	return Buffer.from(`${pdf}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
}
