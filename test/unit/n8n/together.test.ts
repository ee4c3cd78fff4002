import { setImmediate } from 'node:timers/promises';

import { StoppedWithOthers, Together } from '../../../nodes/shared/n8n/together';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Lets every promise that can go on do so. */
async function settled(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await setImmediate();
}

describe('the runs of an execution', () => {
	it('work eight at once, and all of them in the end', async () => {
		const together = new Together(50, true);
		let atWork = 0;
		let most = 0;
		let done = 0;
		await Promise.all(
			numbers(50).map(async () => {
				await together.run(async () => {
					most = Math.max(most, ++atWork);
					await settled();
					atWork--;
					done++;
				});
			}),
		);
		expect({ most, done }).toEqual({ most: 8, done: 50 });
	});

	it('meet before the first of them goes on, also where more wait than there are places', async () => {
		const together = new Together(20, true);
		const events: string[] = [];
		await Promise.all(
			numbers(20).map(async (run) => {
				await together.run(async () => {
					events.push('check');
					await together.meet();
					await settled();
					events.push(`write ${run}`);
				});
			}),
		);
		expect(events.slice(0, 20)).toEqual(numbers(20).map(() => 'check'));
		expect(events.slice(20).sort()).toEqual(
			numbers(20)
				.map((run) => `write ${run}`)
				.sort(),
		);
	});

	it('are all stopped where one of them fails before the meeting', async () => {
		const together = new Together(12, true);
		const written: number[] = [];
		const ended = await Promise.allSettled(
			numbers(12).map(async (run) => {
				await together.run(async () => {
					await settled();
					if (run === 11) throw new Error('refused');
					await together.meet();
					written.push(run);
				});
			}),
		);
		expect(written).toEqual([]);
		const reasons = ended.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
		expect(reasons.filter((reason) => reason instanceof StoppedWithOthers)).toHaveLength(11);
		expect(reasons.at(-1)?.message).toBe('refused');
	});

	it('bring what they have to one call, which everybody waits for', async () => {
		const together = new Together(3, true);
		const calls: string[][] = [];
		let open = (): void => undefined;
		const door = new Promise<void>((resolve) => {
			open = resolve;
		});
		let through = 0;
		const all = Promise.all(
			['a', 'b', 'c'].map(async (name) => {
				await together.run(async () => {
					await together.meet([name], async (names) => {
						calls.push([...names]);
						await door;
					});
					through++;
				});
			}),
		);
		await settled();
		expect({ calls, through }).toEqual({ calls: [['a', 'b', 'c']], through: 0 });
		open();
		await all;
		expect(through).toBe(3);
	});

	it('wait for nobody where errors are to be passed over, and go on after one', async () => {
		const together = new Together(2, false);
		const written: number[] = [];
		await Promise.allSettled(
			numbers(2).map(async (run) => {
				await together.run(async () => {
					if (run === 0) throw new Error('refused');
					await settled();
					await together.meet();
					written.push(run);
				});
			}),
		);
		expect(written).toEqual([1]);
		expect(together.isStopped).toBe(false);
	});
});
