import type { CompanyState } from '../../company/company';
import type { SandboxYear } from '../../company/year';
import type { FaultEffect } from '../../network/faults';
import { integerParameter, type Query } from './lists';
import type { Settings } from '../../settings';
import type { Grant } from '../../oauth/tokens';
import { notFound, Refusal, type Answer } from './answer';

export interface UploadedFile {
	fieldName: string;
	name: string;
	contentType: string;
	content: Buffer;
}

/** What a route gets to see of a request that passed authentication, the limit and the scope check. */
export interface RouteContext {
	company: CompanyState;
	settings: Settings;
	grant: Grant;
	params: Readonly<Record<string, string>>;
	query: Query;
	/** Parsed JSON. */
	body: unknown;
	file: UploadedFile | undefined;
	/** For `@url`. */
	baseUrl: string;
	/** Wall time, ms. */
	now: number;
	faults: readonly FaultEffect[];
}

export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Fastify's notation. */
	path: string;
	/** The scope that the token needs; null for none. */
	scope: string | null | ((settings: Settings) => string);
	/** Names of the query parameters that it knows, lower case. */
	query?: readonly string[];
	/** Values of the query parameter `filter` that it knows; none by default. */
	filters?: readonly string[];
	/** Documented query parameters that the sandbox doesn't simulate: refused, since an answer without them would be wrong. */
	unsimulated?: readonly string[];
	/** An action on what is there already, such as bookkeep: it needs no body. */
	action?: true;
	handle(context: RouteContext): Answer;
}

export const PAGING = ['limit', 'page', 'offset', 'sortby', 'sortorder'] as const;

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const noContent = (): Answer => ({ status: 204, body: '' });

/** 201 with the bare resource word as Location, as recorded. */
export const created = (resource: string, json: unknown): Answer => ({
	status: 201,
	json,
	headers: { location: resource },
});

/** A number in the path. Throws Fortnox's refusal of anything else there. */
export function numberInPath({ params }: RouteContext, name: string): number {
	const text = params[name] ?? '';
	if (!/^\d{1,9}$/.test(text)) throw new Refusal(400, 2000729, 'A valid identifier was not provided.');
	return Number(text);
}

/** The year that `financialyear` or `financialyeardate` names, else the preselected one. Throws where there is none. */
export function requestedYear({ company, query }: RouteContext): SandboxYear {
	const id = integerParameter(query, 'financialyear');
	const date = query.financialyeardate;
	const year = id !== undefined ? company.years.get(id) : date ? company.yearOf(date) : company.currentYear();
	if (!year) throw notFound('yearNotFound');
	return year;
}
