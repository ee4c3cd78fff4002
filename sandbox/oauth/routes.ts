import type { FastifyInstance } from 'fastify';

import { authorizeRoutes } from './authorize';
import type { PartsOf } from './parts';
import { tokenRoutes } from './token';

/** The consent page of Fortnox, token endpoint and revocation. Mounted under `/oauth-v1`. */
export function oauthRoutes(app: FastifyInstance, partsOf: PartsOf): void {
	authorizeRoutes(app, partsOf);
	tokenRoutes(app, partsOf);
}
