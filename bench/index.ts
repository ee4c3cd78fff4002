/** `npm run bench [-- --only NAME]`: runs the benches one after the other and prints their figures as JSON lines. */
interface Bench {
	run(print: (figure: object) => void): Promise<void>;
}

const NAMES = ['limiter', 'read', 'post', 'chaos', 'workers'];

async function main(): Promise<void> {
	const at = process.argv.indexOf('--only');
	const only = at === -1 ? undefined : process.argv[at + 1];
	if (at !== -1 && !NAMES.includes(only ?? '')) throw new Error(`--only takes one of ${NAMES.join(', ')}`);
	for (const name of NAMES.filter((each) => only === undefined || each === only)) {
		const bench: Bench = await import(`./${name}`);
		await bench.run((figure) => process.stdout.write(`${JSON.stringify(figure)}\n`));
	}
}

void main();
