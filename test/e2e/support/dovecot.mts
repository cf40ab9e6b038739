import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { installDebian } from './debian.mjs';
import { assertNothingLeft } from './assertNothingLeft.mjs';

const DOVECOT = '/usr/sbin/dovecot';

export interface ImapServer {
	host: string;
	port: number;
	user: string;
	password: string;
	/** Delivers an email to the inbox, like a mail server. */
	deliver(mail: Buffer): Promise<void>;
	close(): Promise<void>;
}

async function id(...args: string[]): Promise<string> {
	return (await execa('id', args)).stdout;
}

/** Dovecot refuses to read email as root, so it runs as Debian's user `mail`. */
async function mailUser(): Promise<string> {
	const user = userInfo().uid === 0 ? 'mail' : userInfo().username;
	return `uid=${await id('-u', user)} gid=${await id('-g', user)}`;
}

/** Without root, everything runs as the user of the tests. */
async function unprivileged(): Promise<string> {
	if (userInfo().uid === 0) return '';
	return `
default_internal_user = ${await id('-un')}
default_internal_group = ${await id('-gn')}
default_login_user = ${await id('-un')}
`;
}

async function configuration(folder: string, port: number): Promise<string> {
	return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = ${await mailUser()} home=${folder}/mail/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
${await unprivileged()}`;
}

/** A real IMAP server on a free local port, with one mailbox, in its own folder. */
export async function startDovecot(): Promise<ImapServer> {
	await installDebian('dovecot-imapd', () => Promise.resolve(DOVECOT));
	const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
	await chmod(folder, 0o755);
	const port = await getPort();
	await mkdir(join(folder, 'mail'), { recursive: true });
	await chmod(join(folder, 'mail'), 0o777);
	const config = join(folder, 'dovecot.conf');
	await writeFile(config, await configuration(folder, port));
	const server = execa(DOVECOT, ['-F', '-c', config], { reject: false, stdin: 'ignore' });
	const user = 'documents';
	const doveadm = ['-c', config];
	for (let tries = 0; !existsSync(join(folder, 'run', 'master.pid')); tries++) {
		if (tries === 100) throw new Error(`Dovecot does not start: see ${folder}/dovecot.log`);
		await delay(100);
	}
	return {
		host: '127.0.0.1',
		port,
		user,
		password: 'secret',
		async deliver(mail) {
			await execa('doveadm', [...doveadm, 'save', '-u', user], { input: mail });
		},
		async close() {
			server.kill('SIGTERM');
			await server;
			await assertNothingLeft([], [port]);
			await rm(folder, { recursive: true, force: true });
		},
	};
}
