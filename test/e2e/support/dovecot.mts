import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';

const DOVECOT = '/usr/sbin/dovecot';

export interface ImapServer {
	host: string;
	port: number;
	user: string;
	password: string;
	/** Puts a mail into the inbox, as a mail server does that has received it. */
	deliver(mail: Buffer): Promise<void>;
	close(): Promise<void>;
}

/**
 * Installs Debian's IMAP server when it is not there; the service that comes with it is not started.
 * @throws Error with the command to run when this is not root
 */
async function installDovecot(): Promise<void> {
	if (existsSync(DOVECOT)) return;
	if (userInfo().uid !== 0) throw new Error('Please run: sudo apt-get install dovecot-imapd');
	const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	await execa('apt-get', ['update'], { env });
	await execa('apt-get', ['install', '-y', '--no-install-recommends', 'dovecot-imapd'], { env });
}

/** Dovecot refuses to read mail as root, so root lends it Debian's user `mail`. */
async function mailUser(): Promise<{ uid: string; gid: string }> {
	const { uid, gid } = userInfo();
	if (uid !== 0) return { uid: String(uid), gid: String(gid) };
	const id = async (flag: string) => (await execa('id', [flag, 'mail'])).stdout;
	return { uid: await id('-u'), gid: await id('-g') };
}

function configuration(folder: string, port: number, uid: string, gid: string): string {
	const { username, uid: own } = userInfo();
	const unprivileged = `
default_internal_user = ${username}
default_login_user = ${username}
`;
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
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
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
${own === 0 ? '' : unprivileged}`;
}

/** A real IMAP server on a free port of this machine, with one mailbox, in a folder of its own. */
export async function startDovecot(): Promise<ImapServer> {
	await installDovecot();
	const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
	await chmod(folder, 0o755);
	const port = await getPort();
	const { uid, gid } = await mailUser();
	await mkdir(join(folder, 'mail'), { recursive: true });
	await chmod(join(folder, 'mail'), 0o777);
	const config = join(folder, 'dovecot.conf');
	await writeFile(config, configuration(folder, port, uid, gid));
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
			await rm(folder, { recursive: true, force: true });
		},
	};
}
