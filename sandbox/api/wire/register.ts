import type { PlaceholderErrorName } from '../../placeholderErrors';
import { notFound, PlaceholderRefusal } from './answer';
import { readWrapped, type Fields, type FieldSpecs } from './fields';
import { cutPage, listAnswer } from './lists';
import { created, noContent, ok, PAGING, type Route, type RouteContext } from './route';

/** A register with a key: list, get, create, update, delete. */
export interface Register<T> {
	path: string;
	/** Of a new one, where it is not the path: Fortnox answers `project` (recorded). */
	location?: string;
	scope: string;
	single: string;
	list: string;
	specs: FieldSpecs;
	/** Documented filters of its list that the sandbox doesn't simulate. */
	unsimulated?: readonly string[];
	items: (context: RouteContext) => T[];
	key: (item: T) => string;
	notFound: () => Error;
	toWire: (item: T, baseUrl: string) => Record<string, unknown>;
	toListWire?: (item: T, baseUrl: string) => Record<string, unknown>;
	create: (fields: Fields, context: RouteContext) => T;
	update: (item: T, fields: Fields, context: RouteContext) => void;
}

function found<T>(register: Register<T>, context: RouteContext): T {
	const item = register.items(context).find((candidate) => register.key(candidate) === context.params.key);
	if (!item) throw register.notFound();
	return item;
}

export function registerRoutes<T>(register: Register<T>): Route[] {
	const { path, scope, single, list, specs } = register;
	const find = (context: RouteContext): T => found(register, context);
	return [
		{
			method: 'GET',
			path: `/3/${path}`,
			scope,
			query: PAGING,
			unsimulated: register.unsimulated,
			handle(context) {
				const page = cutPage(register.items(context), context.query, context.settings);
				const toWire = register.toListWire ?? register.toWire;
				return listAnswer(list, page, (item) => toWire(item, context.baseUrl));
			},
		},
		{
			method: 'GET',
			path: `/3/${path}/:key`,
			scope,
			handle: (context) => ok({ [single]: register.toWire(find(context), context.baseUrl) }),
		},
		{
			method: 'POST',
			path: `/3/${path}`,
			scope,
			handle(context) {
				const item = register.create(readWrapped(context, single, specs, 'create'), context);
				const items = register.items(context);
				const key = register.key(item);
				if (items.some((other) => register.key(other) === key)) throw new PlaceholderRefusal('alreadyExists', key);
				items.push(item);
				return created(register.location ?? path, { [single]: register.toWire(item, context.baseUrl) });
			},
		},
		{
			method: 'PUT',
			path: `/3/${path}/:key`,
			scope,
			handle(context) {
				const item = find(context);
				register.update(item, readWrapped(context, single, specs, 'update'), context);
				return ok({ [single]: register.toWire(item, context.baseUrl) });
			},
		},
		{
			method: 'DELETE',
			path: `/3/${path}/:key`,
			scope,
			handle(context) {
				const items = register.items(context);
				items.splice(items.indexOf(find(context)), 1);
				return noContent();
			},
		},
	];
}

export const missing = (name: PlaceholderErrorName) => () => notFound(name);
