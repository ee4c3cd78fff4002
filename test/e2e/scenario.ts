import type { InstalledN8n, Line } from './install';
import type { N8n } from './n8n';
import type { StartOptions } from './n8nEnvironment';

/** What a scenario gets to work with. Everything it starts here is stopped after it, in reverse order. */
export interface Context {
	readonly installed: InstalledN8n;
	/** The packed package. */
	readonly tarball: string;
	/** Folder for pictures to look at. */
	readonly pictures: string;
	/** Starts an n8n on a fresh user folder, with the packed package installed unless `withoutPackage`. */
	startN8n(options?: Pick<StartOptions, 'redisPort' | 'env'> & { withoutPackage?: boolean }): Promise<N8n>;
	/** An empty folder. */
	folder(): Promise<string>;
	/** Has something stopped when the scenario is over, however it ends. */
	onEnd(stop: () => Promise<unknown>): void;
	/** A line of the report: what was seen, measured or left out. */
	note(text: string): void;
}

export interface Scenario {
	/** One word, as `--only` takes it. */
	name: string;
	/** What it proves, in a sentence. */
	proves: string;
	lines: Line[];
	run(context: Context): Promise<void>;
}
