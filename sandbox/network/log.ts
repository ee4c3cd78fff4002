import type { Settings } from '../settings';

/** One request as the sandbox saw it. Filled in as the request goes on. */
export interface RequestLogEntry {
	/** Monotonic clock, ms: when the limiter saw it. */
	at: number;
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, string>;
	/** 0 while, or where, no answer was sent. */
	status: number;
	clientId: string | undefined;
	tenantId: number | undefined;
	/** Parsed JSON, or form fields; a file's content is left out. */
	body: unknown;
	responseBytes: number;
	/** The kinds of the faults that struck, joined by commas. */
	faultApplied: string | undefined;
	/** Whether it took a place in the rate limit's window. */
	counted: boolean;
	/** The answer's JSON, where `settings.logAnswers` is on. */
	answer?: unknown;
}

export class RequestLog {
	readonly entries: RequestLogEntry[] = [];

	constructor(private readonly settings: Settings) {}

	add(entry: RequestLogEntry): void {
		if (this.entries.length >= this.settings.logLimit) this.entries.splice(0, Math.ceil(this.entries.length / 2));
		this.entries.push(entry);
	}

	clear(): void {
		this.entries.length = 0;
	}
}
