import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { installDebian } from './debian.mjs';
import { startService } from './service.mjs';

const SSHD = '/usr/sbin/sshd';

/** The empty folder that Debian's sshd, as root, needs for its unprivileged part. */
const PRIVILEGE_SEPARATION = '/run/sshd';

async function makeKey(file: string): Promise<void> {
	await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
}

/** Files only, for one key only: there is no shell, no password and no forwarding. */
const configuration = (folder: string, port: number) => `
ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/user.pub
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
PidFile none
DisableForwarding yes
Subsystem sftp internal-sftp
ForceCommand internal-sftp -d ${folder}/files
`;

/** Debian's OpenSSH on a free local port, for the user of the tests. */
export async function startSftp() {
	await installDebian('openssh-server', () => Promise.resolve(SSHD));
	if (userInfo().uid === 0) await mkdir(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });
	const folder = await mkdtemp(join(tmpdir(), 'sftp-'));
	const files = join(folder, 'files');
	await mkdir(files);
	await makeKey(join(folder, 'host'));
	await makeKey(join(folder, 'user'));
	const port = await getPort();
	const config = join(folder, 'sshd_config');
	await writeFile(config, configuration(folder, port));
	const command: [string, string[]] = [SSHD, ['-D', '-e', '-f', config]];
	const { close } = await startService({ stop: 'SIGTERM', folder, port, command });
	return {
		host: '127.0.0.1',
		port,
		username: userInfo().username,
		privateKey: await readFile(join(folder, 'user'), 'utf8'),
		/** The base of a client's relative paths. */
		files,
		close,
	};
}
