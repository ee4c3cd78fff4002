import { WebSocket } from 'ws';

import { inLeaps } from '../../clock/fastTime';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
/** ms; for what comes at once, on a machine that has other things to do. */
export const SOON = 30 * SECOND;
const TURN = 50;

/** Node.js has a WebSocket from version 22 on; on 20 the package that speaks the same protocol takes its place. */
export function provideWebSocket(): void {
	Object.defineProperty(globalThis, 'WebSocket', { value: WebSocket, configurable: true, writable: true });
}

/** @param ms by the clock that the node sees */
export async function pass(ms: number): Promise<void> {
	const over = async () => await new Promise<void>((resolve) => setTimeout(resolve, ms));
	await (ms < MINUTE ? over() : inLeaps(over));
}

/**
 * Waits until something holds; throws where it takes longer. The time is that of the clock that the node sees, a turn of the
 * wait counting for no more than was meant: on a machine that has other things to do it lasts longer, as does the work waited for.
 */
export async function until(holds: () => boolean, withinMs: number): Promise<void> {
	for (let waited = 0; !holds();) {
		if (waited > withinMs) throw new Error('It did not come about in time');
		const begun = performance.now();
		const turn = Math.max(TURN, waited / 20);
		await pass(turn);
		waited += Math.min(performance.now() - begun, turn);
	}
}
