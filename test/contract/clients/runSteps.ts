import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Calls functions of a client of other people, one after the other, and prints what each answered as JSON: a process of its
 * own, since such clients are ES modules and keep state in globals. Arguments: the client's folder, and the sandbox's
 * address, which stands in for Fortnox's. The steps come on stdin.
 */
export interface Step {
	/** Without the ending, from the client's folder on. */
	module: string;
	name: string;
	args: readonly unknown[];
}

export type Outcome = { answer: unknown } | { error: string };

type Functions = Readonly<Record<string, unknown>>;

const isFunction = (value: unknown): value is (...args: readonly unknown[]) => unknown => typeof value === 'function';
const isModule = (value: unknown): value is Functions => typeof value === 'object' && value !== null;

async function run(root: string, { module, name, args }: Step): Promise<Outcome> {
	const loaded: unknown = await import(pathToFileURL(join(root, `${module}.ts`)).href);
	const called = isModule(loaded) ? loaded[name] : undefined;
	if (!isFunction(called)) throw new Error(`${module} has no function ${name}`);
	try {
		const answer: unknown = await Promise.resolve(called(...args));
		return { answer };
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}

async function main(root: string, url: string): Promise<void> {
	const realFetch = globalThis.fetch;
	globalThis.fetch = async (input, init) => await realFetch(String(input).replace(/^https:\/\/(?:api|apps)\.fortnox\.se/, url), init);
	const steps = JSON.parse(readFileSync(0, 'utf8')) as Step[];
	const outcomes: Outcome[] = [];
	for (const step of steps) outcomes.push(await run(root, step));
	process.stdout.write(JSON.stringify(outcomes));
}

const [, , root, url] = process.argv;
if (root !== undefined && url !== undefined) void main(root, url);
