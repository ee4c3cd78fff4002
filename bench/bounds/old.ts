/** What single parts cost before they had a bound; each in a process of its own, since it holds that up, or fills it. */
import { gunzipSync } from 'node:zlib';

import { bomb } from './hostile';

const MB = 1024 * 1024;

/** As they stood in version 0.1. Of 300 kB the second takes three minutes. */
const OLD: Record<string, () => unknown> = {
	'a SIE quantity of 80 kB': () => /^[+-]?(\d+\.?\d*|\.\d+)$/.test(`${'1'.repeat(80_000)}x`),
	'a refusal of 30 kB of <': () =>
		'<'
			.repeat(30_000)
			.replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
			.replace(/<[^>]*>/g, ' '),
	'an answer of 0.7 MB that unpacks to 700 MB': () => gunzipSync(bomb()),
};

export const OLD_PARTS = Object.keys(OLD);

export interface OldFigures {
	ms: number;
	memoryMb: number;
}

function measure(part: string): OldFigures {
	const before = process.memoryUsage().rss;
	const cpu = process.cpuUsage();
	const kept = OLD[part]?.();
	const { user, system } = process.cpuUsage(cpu);
	const memoryMb = Math.round((process.memoryUsage().rss - before) / MB);
	return { ms: Math.round((user + system) / 1000), memoryMb: kept === undefined ? 0 : memoryMb };
}

process.once('message', (part: string) => process.send?.(measure(part), () => process.exit(0)));
