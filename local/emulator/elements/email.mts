import { simpleParser } from 'mailparser';
import { paragraphs, type Parser } from './element.mjs';
import { parseHtml } from './html.mjs';

const addresses = (value: unknown): string[] =>
	[value]
		.flat()
		.map((one) => (one as { text?: string } | undefined)?.text)
		.filter((text): text is string => text !== undefined);

/** Reads the text of an email. The sender, the recipients, and the subject are in the metadata. */
export const parseEmail: Parser = async (content) => {
	const mail = await simpleParser(content);
	const metadata = {
		subject: mail.subject ?? '',
		sent_from: addresses(mail.from),
		sent_to: addresses(mail.to),
		email_message_id: mail.messageId ?? '',
	};
	const body = mail.text ? paragraphs(mail.text) : await parseHtml(Buffer.from(mail.html || ''));
	return body.map((found) => ({ ...found, metadata: { ...found.metadata, ...metadata } }));
};
