import { SAMPLES, type SampleVerdict, judgeSamples, samplesExist } from './samples';

const present = samplesExist();
if (!present) console.info(`Skipped: no SIE files of other programs in ${SAMPLES}.`);
const describeIfPresent = present ? describe : describe.skip;

/** Files that are broken, and what is wrong with them. The rest must be read. */
const REFUSED: Record<string, string> = {
	// Three texts were cut off together with their closing quotation mark.
	'Sie4.se': 'refused: unterminated_quote, line 1041',
	// A voucher of 12.00 and -10.00.
	'XE_SIE_4_20151125095119.SE': 'refused: unbalanced_voucher, line 1356 (1 such)',
	'testWrite.se': 'refused: unbalanced_voucher, line 1368 (1 such)',
	'testWrite1.se': 'refused: unbalanced_voucher, line 1368 (1 such)',
	// A row of -128.00 was made -12899.00.
	'transaktioner_ovnbolag-bad-balance.se': 'refused: unbalanced_voucher, line 3905 (1 such)',
};

/** Files whose own balances don't agree, and why. Those of the rest must. */
const DISAGREEING: Record<string, string> = {
	'Sie4.si': 'differ on 114 accounts: 1119, 1159, 1220, …', // closing balances are the opening ones; no #RES
	'Sie_1_2.se': 'differ on 1 accounts: 9010', // #RES leaves out account class 9
	'Sie_3_4.se': 'differ on 1 accounts: 9010',
	'XE_SIE_2_20151125094903.SE': 'differ on 37 accounts: 1010, 1150, 1159, …', // every #PSALDO is 0
	'XE_SIE_3_20151125094952.SE': 'differ on 37 accounts: 1010, 1150, 1159, …',
	'XE_SIE_4_20151125095119.SE': 'differ on 15 accounts: 3010, 3011, 3015, …', // #RES is twice the movements
	'testWrite.se': 'differ on 15 accounts: 3010, 3011, 3015, …',
	'testWrite1.se': 'differ on 15 accounts: 3010, 3011, 3015, …',
	'transaktioner_ovnbolag-bad-balance.se': 'differ on 1 accounts: 1910', // the row that was changed
};

describeIfPresent('SIE files of other programs', () => {
	let samples: SampleVerdict[] = [];
	beforeAll(() => {
		samples = judgeSamples();
	});

	it('are all there', () => {
		expect(samples.length).toBeGreaterThanOrEqual(63);
	});

	it('are read, or refused where they are broken, with line and reason', () => {
		const refused = samples.filter(({ verdict }) => verdict !== 'read').map(({ file, verdict }) => [file, verdict]);
		expect(Object.fromEntries(refused)).toEqual(REFUSED);
	});

	it('have balances that agree with their rows, where the file’s own do', () => {
		const disagreeing = samples.filter(({ balances }) => balances.startsWith('differ')).map(({ file, balances }) => [file, balances]);
		expect(Object.fromEntries(disagreeing)).toEqual(DISAGREEING);
		expect(samples.filter(({ balances }) => balances.startsWith('agree')).length).toBeGreaterThanOrEqual(23);
	});

	it('are in the encoding that the label says, but for one', () => {
		const other = samples.filter(({ encoding }) => encoding !== 'cp437' && encoding !== '-').map(({ file, encoding }) => [file, encoding]);
		expect(other).toEqual([['SIE4_Exempelfil_med_underdim.SE', 'utf-8']]);
	});
});
