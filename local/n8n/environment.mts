/** Returns the environment without the settings of another n8n in the user's shell. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
	const foreign = /^(N8N|DB|QUEUE|EXECUTIONS|WEBHOOK|NODES|NODE_FUNCTION|npm)_|^NODE_OPTIONS$/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * Returns the environment of an n8n for this machine only: it sends no data, shows no setup questions, and keeps its whole
 * state in one folder.
 * @param brokerPort for n8n's task runner, which would use 5679 by default
 */
export function n8nEnvironment(
	userFolder: string,
	port: number,
	brokerPort: number,
): NodeJS.ProcessEnv {
	const url = `http://localhost:${port}/`;
	// A proxy of the user's network would not find the emulator on this machine.
	const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost']
		.filter(Boolean)
		.join(',');
	return {
		...inheritedEnvironment(),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: url,
		// The name of N8N_WEBHOOK_URL until n8n 2.22.
		WEBHOOK_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		NO_PROXY: noProxy,
		no_proxy: noProxy,
	};
}
