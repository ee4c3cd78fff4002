import type { InstalledN8n } from './install';

export interface StartOptions {
	installed: InstalledN8n;
	/** n8n's user folder, with the package under test in it. */
	home: string;
	/** Port of a Redis server: executions run in workers, see `startWorker`. */
	redisPort?: number;
	/** Default: any free one. */
	port?: number;
	/** More environment variables. */
	env?: Record<string, string>;
}

/** Environment of a quiet instance that never asks the outside for anything. Nothing is taken over from the tests' own. */
export function environment(options: StartOptions, port: number): Record<string, string> {
	const { installed, home, redisPort } = options;
	return {
		PATH: process.env.PATH ?? '',
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		HOME: home,
		NO_COLOR: '1',
		N8N_USER_FOLDER: home,
		N8N_ENCRYPTION_KEY: 'e2e-only-key',
		N8N_USER_MANAGEMENT_JWT_SECRET: 'e2e-only-jwt',
		N8N_HOST: 'localhost',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: `${port}`,
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: `http://localhost:${port}`,
		WEBHOOK_URL: `http://localhost:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_AI_GATEWAY_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_RUNNERS_ENABLED: 'true',
		N8N_SSRF_PROTECTION_ENABLED: 'false',
		N8N_LOG_LEVEL: 'info',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_WORKFLOWS_AUTOSAVE_DISABLED: 'true',
		N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		DB_TYPE: 'sqlite',
		DB_SQLITE_POOL_SIZE: '2',
		// 2.x would ask an outside registry of MCP servers at start; 1.x ends at a module name that it doesn't know.
		...(installed.line === 2 ? { N8N_DISABLED_MODULES: 'mcp-registry' } : {}),
		...(redisPort === undefined
			? {}
			: {
					EXECUTIONS_MODE: 'queue',
					QUEUE_BULL_REDIS_HOST: '127.0.0.1',
					QUEUE_BULL_REDIS_PORT: `${redisPort}`,
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
				}),
		...options.env,
	};
}
