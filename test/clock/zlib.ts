import { createBrotliDecompress, createGunzip } from 'node:zlib';

/** Real ms after which a piece of work is taken for given up. Each takes a fraction of one. */
const AT_MOST = 1000;

/**
 * Tells whether zlib unpacks something. It does so in threads, of which Node says nothing: not even their CPU, while
 * they wait for a core.
 *
 * @param realNow ms
 */
export function watchZlib(realNow: () => number): () => boolean {
	/** What Node's streams work with, and since when. */
	const working = new Map<object, number>();
	for (const stream of [createGunzip(), createBrotliDecompress()]) {
		const handle = Reflect.get(stream, '_handle') as object;
		const parent = Object.getPrototypeOf(handle) as object;
		const write = Reflect.get(parent, 'write') as (...args: unknown[]) => void;
		Reflect.set(parent, 'write', function (this: object, ...args: unknown[]) {
			working.set(this, realNow());
			Reflect.apply(write, this, args);
		});
		stream.destroy();
	}
	return () => {
		for (const [handle, since] of working) {
			// Node lets go of what was worked on.
			const isAtWork = Boolean(Reflect.get(handle, 'buffer')) && realNow() - since < AT_MOST;
			if (!isAtWork) working.delete(handle);
		}
		return working.size > 0;
	};
}
