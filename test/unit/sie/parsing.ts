import { SieError, type SieErrorReason, parseSie } from '../../../nodes/shared/ledger/sie';
import { encodeCp437 } from '../../../sandbox/company/sie/cp437';

export function parse(...lines: string[]) {
	return parseSie(encodeCp437(lines.join('\r\n')));
}

/** The only voucher of a file whose voucher has these rows; it need not balance. */
export function rows(...lines: string[]) {
	const file = parseSie(encodeCp437(['#FLAGGA 0', '#VER A 1 20260131 "Text"', '{', ...lines, '}'].join('\n')), {
		allowUnbalanced: true,
	});
	const [voucher] = file.vouchers;
	if (!voucher) throw new Error('no voucher');
	return { ...voucher, warnings: file.warnings };
}

export function refusal(bytes: string | Buffer): [SieErrorReason, number] {
	try {
		parseSie(typeof bytes === 'string' ? encodeCp437(bytes) : bytes);
	} catch (error) {
		if (!(error instanceof SieError)) throw error;
		expect(error.message).toContain(`Line ${error.line} of the SIE file`);
		return [error.reason, error.line];
	}
	throw new Error('the file was read');
}
