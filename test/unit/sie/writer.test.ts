import { parseSie } from '../../../nodes/shared/ledger/sie';
import { writeSie } from './writer';

/** The voucher lines of a file that is read and written again. */
function rewritten(...lines: string[]): string[] {
	const file = parseSie(Buffer.from(lines.join('\n')), { allowUnbalanced: true });
	const written = writeSie(file).toString('latin1').split('\r\n');
	return written.slice(
		written.findIndex((line) => line.startsWith('#VER')),
		-1,
	);
}

describe('writeSie', () => {
	it('writes amounts with two decimals, quotes where they are needed, and no empty fields at the end', () => {
		expect(rewritten('#VER  A 1  20260131 "Two words"', '{', '#TRANS 1920 { } -.5 "" "" 0', '#TRANS 3001 {"1" "K1"} 12', '}')).toEqual([
			'#VER A 1 20260131 "Two words"',
			'{',
			'#TRANS 1920 {} -0.50 "" "" 0',
			'#TRANS 3001 {1 K1} 12.00',
			'}',
		]);
	});

	it('repeats an added row for programs that know only #TRANS', () => {
		expect(rewritten('#VER A 1 20260131', '{', '#RTRANS 1920 {} 1', '#BTRANS 1930 {} 1', '}').slice(1)).toEqual([
			'{',
			'#BTRANS 1930 {} 1.00',
			'#RTRANS 1920 {} 1.00',
			'#TRANS 1920 {} 1.00',
			'}',
		]);
	});

	it('changes what SIE can’t hold', () => {
		const file = parseSie(Buffer.from('#FLAGGA 0'));
		file.company = { name: '5 € för\ten', organisationNumber: 'C:\\my data\\' };
		const read = parseSie(writeSie(file));
		expect(read.company).toEqual({ name: '5 ? för en', organisationNumber: 'C:\\my data\\' });
	});
});
