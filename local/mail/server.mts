import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
	host: string;
	port: number;
	close(): Promise<void>;
}

/** Starts a real SMTP server on a free port of this machine. Its emails go to `onMail` and nowhere else. */
export async function startMailServer(onMail: (mail: ParsedMail) => void): Promise<MailServer> {
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, _session, done) {
			simpleParser(stream).then((mail) => {
				onMail(mail);
				done();
			}, done);
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	return {
		host: '127.0.0.1',
		port,
		close: () => new Promise((resolve) => server.close(resolve)),
	};
}
