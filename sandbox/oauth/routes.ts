import type { FastifyInstance } from 'fastify';

import { authorizeRoutes } from './authorize';
import type { OAuthParts } from './parts';
import { tokenRoutes } from './token';

/** The consent page of Fortnox, token endpoint and revocation. Mounted under `/oauth-v1`. */
export function oauthRoutes(app: FastifyInstance, parts: OAuthParts): void {
	authorizeRoutes(app, parts);
	tokenRoutes(app, parts);
}
