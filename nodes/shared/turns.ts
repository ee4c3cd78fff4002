import { sleep } from 'n8n-workflow';

/** ms of computing after which the other workflows of this n8n get a turn. Nobody notices a pause this short. */
const PIECE_MS = 15;

/** Keeps one long computation from holding n8n up: `await` what `rest` gives between two small steps. */
export class Turns {
	private since = performance.now();

	/**
	 * @returns nothing while little time has passed; else a promise that others run before. A promise that is settled
	 * already would not do, as it lets nothing but other promises run. n8n's scanner refuses `setImmediate`.
	 */
	rest(): Promise<void> | undefined {
		if (performance.now() - this.since < PIECE_MS) return undefined;
		return this.pause();
	}

	private async pause(): Promise<void> {
		await sleep(0);
		this.since = performance.now();
	}
}

/** Runs steps that are small each, with pauses between them. @returns what the generator returns */
export async function inTurns<T>(steps: Iterator<unknown, T>): Promise<T> {
	const turns = new Turns();
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
		await turns.rest();
	}
}
