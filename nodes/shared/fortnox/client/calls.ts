import type { CacheUse } from '../api';
import type { Cache } from '../cache';
import type { ProvenConnection } from '../connection';
import { otherThanAsked, otherThanSent, unreadable } from '../errors';
import { readList, unwrap, type List } from '../pages';
import { Requests, type FortnoxRequest } from '../requests';
import { tenantKeyOf } from '../tenant';
import { TIMEOUT_MS } from '../timeouts';
import { contradictions, type Sought } from './sought';

type Query = FortnoxRequest['query'];

/** Where an object stands, and the name under which Fortnox wraps it in answers and bodies. */
interface Place {
	name: string;
	path: string;
	query?: Query;
}

/** What answers with another object is asked once more: a cache may have had its moment. */
const MOST_READINGS = 2;

/** A path of encoded parts: a part is data and must not reach another resource by a slash in it. */
export function pathOf(...parts: Array<string | number>): string {
	return `/3/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

/** What all parts of the client ask by, for one run on one company. */
export class Calls {
	readonly requests: Requests;
	readonly tenantKey: string;
	private readonly begun: number;

	constructor(readonly connection: ProvenConnection) {
		this.requests = new Requests(connection);
		this.tenantKey = tenantKeyOf(connection.baseUrl, connection.tenantId);
		this.begun = connection.shared.clock.monotonic();
	}

	get registers() {
		return this.connection.shared.registers;
	}

	/**
	 * Reads one object.
	 *
	 * @throws {FortnoxError} where the answer is not the object that is sought
	 */
	async get<T extends object>({ name, path, query }: Place, sought: Sought): Promise<T> {
		for (let reading = 1; ; reading++) {
			const answer = await this.requests.send({ method: 'GET', path, query, timeoutMs: TIMEOUT_MS.read });
			const object = unwrap<T>(answer, name);
			const others = contradictions(object, sought, false);
			if (others.length === 0) return object;
			if (reading === MOST_READINGS) throw otherThanAsked(answer, sought.what, others);
		}
	}

	/**
	 * Creates an object.
	 *
	 * @param sought what the answer must show; left out where the caller looks at it
	 * @throws {FortnoxError} where the answer says success and shows something else, with `outcome: 'unknown'`
	 */
	async post<T extends object>(place: Place, object: object, sought?: Sought): Promise<T> {
		return await this.write('POST', place, object, sought);
	}

	/** Changes an object. Otherwise as `post`. */
	async put<T extends object>(place: Place, object: object, sought: Sought): Promise<T> {
		return await this.write('PUT', place, object, sought);
	}

	async list<T extends object>(wanted: List<T>): Promise<T[]> {
		return await readList(this.requests, wanted);
	}

	async bytes(path: string, query: Query, timeoutMs: number) {
		const answer = await this.requests.send({ method: 'GET', path, query, expects: 'bytes', timeoutMs });
		const content = answer.body instanceof ArrayBuffer ? Buffer.from(answer.body) : answer.body;
		if (!Buffer.isBuffer(content)) throw unreadable(answer, 'file');
		return { content, mimeType: answer.headers['content-type'] };
	}

	/** What is kept of the company. What one credential may read is no answer for one that lacks the right. */
	async kept<T>(cache: Cache<T>, use: CacheUse, load: () => Promise<T>): Promise<T> {
		return await cache.read(`${this.tenantKey} ${this.connection.access}`, load, this.since(use));
	}

	/** What is kept of one of the company's financial years. */
	async keptOfYear<T>(cache: Cache<T>, financialYear: number | undefined, use: CacheUse, load: () => Promise<T>): Promise<T> {
		return await cache.read(this.placeOfYear(financialYear) + this.connection.access, load, this.since(use));
	}

	/** A list that is kept whole for the company. */
	register<T extends object>(cache: Cache<T[]>, wanted: List<T>): (use?: CacheUse) => Promise<T[]> {
		return async (use = {}) => await this.kept(cache, use, async () => await this.list(wanted));
	}

	/** Writes to what is kept of the company, which is stale then, whatever the answer. */
	async changing<T, R>(cache: Cache<T>, write: Promise<R>): Promise<R> {
		return await write.finally(() => cache.forget(this.tenantKey));
	}

	/** The same of a financial year: a write may change what a list of the current year shows, whether it names that year or not. */
	async changingYear<T, R>(cache: Cache<T>, financialYear: number | undefined, write: Promise<R>): Promise<R> {
		return await write.finally(() => {
			cache.forget(this.placeOfYear(financialYear));
			cache.forget(this.placeOfYear(undefined));
		});
	}

	private async write<T extends object>(method: 'POST' | 'PUT', { name, path, query }: Place, object: object, sought?: Sought): Promise<T> {
		const body = () => ({ [name]: { ...object } });
		const answer = await this.requests.send({ method, path, query, body, timeoutMs: TIMEOUT_MS.write });
		const written = unwrap<T>(answer, name);
		if (sought === undefined) return written;
		const others = contradictions(written, sought, true);
		if (others.length > 0) throw otherThanSent(answer, sought.what, others);
		return written;
	}

	private placeOfYear(financialYear: number | undefined): string {
		return `${this.tenantKey} ${financialYear ?? 'current'} `;
	}

	private since({ fresh, ofThisRun }: CacheUse): number {
		return fresh === true ? Infinity : ofThisRun === true ? this.begun : 0;
	}
}
