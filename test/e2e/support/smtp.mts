import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailSink {
	host: string;
	port: number;
	/** The mails received so far. */
	mails: ParsedMail[];
	/** The mail after the last one asked for; @throws Error when it has not come within 60 s */
	nextMail(): Promise<ParsedMail>;
	close(): Promise<void>;
}

/** A real SMTP server on a free port of this machine that keeps what it receives. */
export async function startSmtp(): Promise<MailSink> {
	const mails: ParsedMail[] = [];
	let asked = 0;
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, _session, done) {
			simpleParser(stream).then((mail) => {
				mails.push(mail);
				done();
			}, done);
		},
	});
	const port = await getPort();
	server.listen(port, '127.0.0.1');
	await once(server.server, 'listening');
	return {
		host: '127.0.0.1',
		port,
		mails,
		async nextMail() {
			const position = asked++;
			for (let tries = 0; tries < 600 && mails.length <= position; tries++) await delay(100);
			if (mails.length <= position) throw new Error('No mail was sent within 60 s');
			return mails[position];
		},
		close: () => new Promise((resolve) => server.close(resolve)),
	};
}
