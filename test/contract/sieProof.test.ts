import { parseSie, readSie, SieError, type SieReadOptions } from '../../nodes/shared/ledger/sie';
import { SieProof, wrongFile, type AskedFile } from '../../nodes/shared/ledger/sieProof';
import { describeExports } from './sieFigures';

const OPTIONS: SieReadOptions = { encoding: 'cp437', allowUnbalanced: true, strictBalances: true };
const LINE_FEED = '\n';

describeExports('an export of Fortnox is proven whole by its own figures', (content) => {
	const whole = parseSie(content, OPTIONS);
	const [year] = whole.years.filter(({ index }) => index === 0);
	const asked: AskedFile = { type: 4, from: year?.from ?? '', to: year?.to ?? '' };

	/** Whether the first bytes of the file would be believed, and how many of its vouchers they have. */
	function believed(length: number): { isBelieved: boolean; vouchers: number } {
		const proof = new SieProof();
		let vouchers = 0;
		try {
			const head = readSie(
				content.subarray(0, length),
				(voucher) => {
					proof.add(voucher);
					vouchers++;
				},
				OPTIONS,
			);
			return { isBelieved: (wrongFile(head, asked) ?? proof.doubt(head)) === undefined && !proof.mayLackVouchers(head), vouchers };
		} catch (error) {
			if (!(error instanceof SieError)) throw error;
			return { isBelieved: false, vouchers };
		}
	}

	it('and is believed', () => {
		expect(believed(content.length)).toEqual({ isBelieved: true, vouchers: whole.vouchers.length });
		expect(whole.vouchers.length).toBeGreaterThan(50);
	});

	it('and is not, where its end is missing and a row with it', () => {
		const lastWithRows = whole.vouchers.findLastIndex(({ rows }) => rows.length > 0);
		const ends: number[] = [];
		for (let at = 0; at !== -1; at = content.indexOf(LINE_FEED, at + 1)) ends.push(at + 1);
		const begun = ends.filter((end) => content.subarray(end, end + 4).toString() === '#VER');
		const some = [...ends.filter((_, index) => index % 100 === 0), ...begun.filter((_, index) => index % 10 === 0), ...begun.slice(-3)];
		const wrong = some.map(believed).filter(({ isBelieved, vouchers }) => isBelieved && vouchers <= lastWithRows);
		expect(wrong).toEqual([]);
		expect(some.length).toBeGreaterThan(25);
	});
});
