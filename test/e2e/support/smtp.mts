import { setTimeout as delay } from 'node:timers/promises';
import type { ParsedMail } from 'mailparser';
import { type MailServer, startMailServer } from '../../../local/mail/server.mjs';

export interface MailSink extends MailServer {
	/** The emails received so far. */
	mails: ParsedMail[];
	/** Waits for the next email and returns it; @throws Error if it does not arrive within 60 s */
	nextMail(): Promise<ParsedMail>;
}

/** An SMTP server that keeps what it receives. */
export async function startSmtp(): Promise<MailSink> {
	const mails: ParsedMail[] = [];
	let asked = 0;
	const server = await startMailServer((mail) => mails.push(mail));
	return {
		...server,
		mails,
		async nextMail() {
			const position = asked++;
			for (let tries = 0; tries < 600 && mails.length <= position; tries++) await delay(100);
			if (mails.length <= position) throw new Error('No mail was sent within 60 s');
			return mails[position];
		},
	};
}
