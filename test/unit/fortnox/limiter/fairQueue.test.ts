import { FairQueue } from '../../../../nodes/shared/fortnox/limiter/fairQueue';
import type { Waiter } from '../../../../nodes/shared/fortnox/limiter/slot';

function waiter(executionKey: string): Waiter {
	return { executionKey, priority: 'bulk', deadline: Infinity, settle: () => {} };
}

describe('a fair queue', () => {
	it('is empty at first', () => {
		const queue = new FairQueue();
		expect([queue.size, queue.peek(), [...queue]]).toEqual([0, undefined, []]);
	});

	it('gives executions turns, each in its own order', () => {
		const queue = new FairQueue();
		const [a1, a2, b1, c1, b2] = ['a', 'a', 'b', 'c', 'b'].map(waiter);
		for (const one of [a1, a2, b1, c1, b2]) if (one) queue.add(one);
		const left: Array<Waiter | undefined> = [];
		for (let next = queue.peek(); next !== undefined && left.length < 5; next = queue.peek()) {
			left.push(next);
			queue.remove(next);
		}
		expect(left).toEqual([a1, b1, c1, a2, b2]);
		expect(left.map((one) => [a1, a2, b1, c1, b2].findIndex((other) => other === one))).toEqual([0, 2, 3, 1, 4]);
		expect(queue.size).toBe(0);
	});

	it('counts what waits, and removes each once', () => {
		const queue = new FairQueue();
		const [one, other] = [waiter('a'), waiter('a')];
		queue.add(one);
		queue.add(other);
		expect(queue.size).toBe(2);
		for (const left of [one, one, waiter('b')]) queue.remove(left);
		expect(queue.size).toBe(1);
		expect([...queue]).toEqual([other]);
	});

	it('gives one that comes back the last turn, not the one that it had', () => {
		const queue = new FairQueue();
		const [left, other, back] = [waiter('a'), waiter('b'), waiter('a')];
		queue.add(left);
		queue.remove(left);
		queue.add(other);
		queue.add(back);
		expect([...queue]).toEqual([other, back]);
		expect(queue.peek()).toBe(other);
	});

	it('lists what waits, execution by execution', () => {
		const queue = new FairQueue();
		for (const key of ['a', 'b', 'a']) queue.add(waiter(key));
		expect([...queue].map(({ executionKey }) => executionKey)).toEqual(['a', 'a', 'b']);
	});
});
