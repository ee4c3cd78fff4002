import { startWorld } from '../test/engine/support/world';

const LIMIT = { requests: 25, windowMs: 5000, countRefused: false, retryAfter: false };
const LIMIT_PER_SECOND = (LIMIT.requests / LIMIT.windowMs) * 1000;
const ENTRIES = 150;

/** What posting in the order of the items costs, where Fortnox answers slowly: entries per second, as a part of the limit. */
export async function run(print: (figure: object) => void): Promise<void> {
	for (const latencyMs of [50, 200, 600]) {
		for (const postSideBySide of [false, true]) {
			const world = await startWorld({ settings: { limit: LIMIT, latencyMs } });
			try {
				const started = performance.now();
				const result = await world.run(
					{
						resource: 'journalEntry',
						operation: 'create',
						journalId: 'A',
						date: '2026-06-01',
						number: '={{ $json.number }}',
						linesSource: 'json',
						linesJson: '[{ "account": "1930", "debit": 1 }, { "account": "3004", "credit": 1 }]',
						options: { postSideBySide },
					},
					{ input: Array.from({ length: ENTRIES }, (_, index) => ({ number: `ORDER-${index}` })) },
				);
				const seconds = (performance.now() - started) / 1000;
				if (result.error) throw new Error(result.error.message);
				const log = world.requests();
				const numbers = result.json().map(({ id }) => (typeof id === 'string' ? Number(id.split('-')[1]) : NaN));
				print({
					bench: 'order',
					latencyMs,
					postSideBySide,
					entries: ENTRIES,
					requests: log.length,
					throttled: log.filter(({ status }) => status === 429).length,
					seconds: Math.round(seconds * 10) / 10,
					entriesToLimit: Math.round((ENTRIES / seconds / LIMIT_PER_SECOND) * 1000) / 1000,
					numbersInItemOrder: numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0)),
					hintNamesOption: result.hints().some((hint) => hint.includes('Post Side by Side')),
				});
			} finally {
				await world.close();
			}
		}
	}
}
