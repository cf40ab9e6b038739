import { createTransport } from 'nodemailer';
import type { Attachment } from 'nodemailer/lib/mailer/index.js';

export const SENDER = { name: 'Ada Sender', address: 'ada@example.org' };

/** Three attachments of three types. */
export const ATTACHMENTS = [
	{ filename: 'notes.txt', contentType: 'text/plain', content: 'Notes of the meeting\n' },
	{ filename: 'table.csv', contentType: 'text/csv', content: 'name,amount\r\nA,1\r\nB,2\r\n' },
	{
		filename: 'Übersicht März.bin',
		contentType: 'application/octet-stream',
		content: Buffer.from([0, 255, 13, 10, 45, 45, 0, 128, 200]),
	},
];

/** An email as an email client writes it. */
export async function composeMail({ attachments }: { attachments: Attachment[] }): Promise<Buffer> {
	const composer = createTransport({ streamTransport: true, buffer: true });
	const { message } = await composer.sendMail({
		from: SENDER,
		to: 'documents@example.com',
		subject: attachments.length > 0 ? 'Three documents' : 'No document',
		text: 'Please process the attached files.',
		attachments,
	});
	if (!Buffer.isBuffer(message)) throw new Error('The mail was not composed in memory');
	return message;
}
