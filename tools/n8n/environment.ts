/* eslint-disable @n8n/community-nodes/no-restricted-globals */

export interface EnvironmentOptions {
	port: number;
	brokerPort: number;
	/** n8n keeps everything it writes below this folder. */
	userFolder: string;
	/** The Node.js that n8n runs on. */
	nodeMajor: number;
	/** Which of n8n's two ways to activate workflows: see `StartOptions`. */
	publicationService: boolean;
}

/** What a program needs to run at all; the rest of the environment would change n8n's behaviour. */
const INHERITED = ['PATH', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'COMSPEC', 'PATHEXT'];

/**
 * No calls to the services of n8n and no questions a test would have to answer. One call is left, for
 * the list of MCP servers; its failure is only logged. N8N_DISABLED_MODULES could name its module, but
 * a version that does not know a name there does not start.
 */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	EXECUTIONS_DATA_PRUNE: 'false',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
};

/** The whole environment n8n is started with: only what is listed here, whoever starts it. */
export function n8nEnvironment(options: EnvironmentOptions): Record<string, string> {
	const url = `http://127.0.0.1:${options.port}/`;
	return {
		...inherited(),
		...QUIET,
		HOME: options.userFolder,
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: url,
		N8N_WEBHOOK_URL: url,
		// A worker has no web server but this one.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(options.port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		// Without HTTPS the browser would not send a secure cookie back.
		N8N_SECURE_COOKIE: 'false',
		// The default since 2.0. Otherwise n8n 1 marks an execution as ended before it has stored its result.
		DB_SQLITE_POOL_SIZE: '3',
		// Nodes must reach servers on 127.0.0.1; off is n8n's default so far.
		N8N_SSRF_PROTECTION_ENABLED: 'false',
		// n8n's other engine needs isolated-vm, which neither comes built for Node.js 20 nor compiles there.
		...(options.nodeMajor < 24 && { N8N_EXPRESSION_ENGINE: 'legacy' }),
		N8N_USE_WORKFLOW_PUBLICATION_SERVICE: String(options.publicationService),
	};
}

function inherited(): Record<string, string> {
	const present = INHERITED.flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value]];
	});
	return Object.fromEntries(present);
}
