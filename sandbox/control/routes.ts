import type { FastifyInstance } from 'fastify';

import { appRoutes } from './apps';
import { companyRoutes } from './companies';
import { guard } from './guard';
import { networkRoutes } from './network';
import type { SandboxOf } from './sandbox';

/**
 * `/_sandbox/…`: everything that the programmatic interface can do, over HTTP, for tests in other processes and for
 * people with curl. Answers on the loopback interface only, and trusts programs there, but no page in a browser.
 */
export function controlRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	guard(app);
	networkRoutes(app, sandboxOf);
	appRoutes(app, sandboxOf);
	companyRoutes(app, sandboxOf);
}
