/** `npm run bench [-- --only NAME]`: runs the benches one after the other and prints their figures as JSON lines. */
interface Bench {
	run(print: (figure: object) => void): Promise<void>;
}

/** Loaded one at a time: a bench measures a process that has done nothing else. */
const BENCHES: Record<string, () => Promise<Bench>> = {
	limiter: async () => await import('./limiter'),
	order: async () => await import('./order'),
	read: async () => await import('./read'),
	reports: async () => await import('./reports'),
	post: async () => await import('./post'),
	bounds: async () => await import('./bounds'),
	chaos: async () => await import('./chaos'),
	companies: async () => await import('./companies'),
	events: async () => await import('./events'),
	workers: async () => await import('./workers'),
};

async function main(): Promise<void> {
	const at = process.argv.indexOf('--only');
	const only = at === -1 ? undefined : process.argv[at + 1];
	if (at !== -1 && !Object.hasOwn(BENCHES, only ?? '')) throw new Error(`--only takes one of ${Object.keys(BENCHES).join(', ')}`);
	for (const [name, load] of Object.entries(BENCHES)) {
		if (only !== undefined && name !== only) continue;
		const bench = await load();
		await bench.run((figure) => process.stdout.write(`${JSON.stringify(figure)}\n`));
	}
}

void main();
