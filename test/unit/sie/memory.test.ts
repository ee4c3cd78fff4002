import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { readSie } from '../../../nodes/shared/ledger/sie';

setFlagsFromString('--expose-gc');
/** Bytes in use on the heap once everything that nobody holds is gone. */
function usedHeap(): number {
	runInNewContext('gc()');
	return process.memoryUsage().heapUsed;
}

function* largeFile(vouchers: number): Generator<Buffer> {
	yield Buffer.from('#FLAGGA 0\n#SIETYP 4\n');
	for (let i = 0; i < vouchers; i++) {
		const text = `Voucher ${i}, ${'x'.repeat(200)}`;
		yield Buffer.from(`#VER A ${i} 20260131 "${text}"\n{\n#TRANS 1920 {} 1.00 "" "${text}" 0\n#TRANS 3001 {} -1.00 "" "" 0\n}\n`);
	}
}

describe('memory', () => {
	it('holds what is kept of a file, not the file', () => {
		const kept: Array<string | undefined> = [];
		const before = usedHeap();
		let vouchers = 0;
		readSie(largeFile(50_000), (voucher) => {
			if (vouchers++ % 100 === 0) kept.push(voucher.text, voucher.rows[0]?.text);
		});
		const growth = usedHeap() - before;
		expect(kept).toHaveLength(1000);
		expect(kept[999]).toMatch(/^Voucher 49900, x{200}$/);
		// The file is 25 MB; a kept text that held its window of 64 kB would hold all of it.
		expect(growth).toBeLessThan(3_000_000);
	});
});
