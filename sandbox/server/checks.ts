import type { FastifyRequest } from 'fastify';

import { Refusal } from '../api/wire/answer';
import { invalidParameter, type Query } from '../api/wire/lists';
import type { Route } from '../api/wire/route';
import type { CompanyState } from '../company/company';
import { effectOf, type FaultEffect } from '../network/faults';
import type { Grant } from '../oauth/tokens';
import type { Settings } from '../settings';
import { isUpload } from './request';

/** Even PDF and file endpoints refuse a request that asks for something else than JSON. */
export function checkHeaders(request: FastifyRequest): void {
	const accept = request.headers.accept ?? '*/*';
	if (!/\bjson\b|\*\/\*|application\/\*/i.test(accept)) throw new Refusal(400, 1000030, 'Invalid response type');
}

/** The app that asks, and the company whose books it asks for. */
interface Access {
	grant: Grant;
	company: CompanyState;
	settings: Settings;
	effects: readonly FaultEffect[];
}

/** That the company has the licences, and the token the scope. */
export function checkAccess(route: Route, { grant, company, settings, effects }: Access): void {
	const scope = typeof route.scope === 'function' ? route.scope(settings) : route.scope;
	if (!company.profile.apiLicence) throw new Refusal(400, 2001103, 'Api-licens saknas.');
	if (effectOf(effects, 'licenceMissing') || (scope !== null && company.profile.unlicensedScopes.includes(scope))) {
		throw new Refusal(400, 2001101, 'Det finns ingen aktiv licens för önskat scope');
	}
	if (effectOf(effects, 'scopeMissing') || (scope !== null && !grant.scopes.includes(scope))) {
		throw new Refusal(settings.missingScopeStatus, 2000663, 'Har inte behörighet för scope.');
	}
}

export function checkQuery(route: Route, query: Query, settings: Settings): void {
	for (const [given, value] of Object.entries(query)) {
		const name = given.toLowerCase();
		if (route.unsimulated?.includes(name)) throw new Error(`${route.path}?${name} is not simulated`);
		if (name === 'filter') {
			if (!route.filters?.includes(value)) throw new Refusal(400, 2000587, 'Ett ogiltigt filter har använts.');
		} else if (settings.unknownQuery === 'refuse' && !route.query?.includes(name)) throw invalidParameter();
	}
}

/** Whether a request has to bring JSON: uploads don't, and actions such as bookkeep work without. */
export const needsJson = (route: Route, request: FastifyRequest, body: unknown): boolean =>
	(request.method === 'POST' || request.method === 'PUT') && !isUpload(request) && !(route.action && body === undefined);
