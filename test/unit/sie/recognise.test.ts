import { keyOfOrigin } from '../../../nodes/shared/ledger/mark';
import {
	parseSie,
	recogniseVouchers,
	voucherDigest,
	voucherIdentities,
	type KnownMark,
	type VoucherNumbers,
} from '../../../nodes/shared/ledger/sie';
import { runSteps } from '../../../nodes/shared/steps';

/** Vouchers of a file, as `number day text`. */
function vouchersOf(...vouchers: string[]) {
	return vouchersFrom('559900-1012', ...vouchers);
}

function vouchersFrom(company: string, ...vouchers: string[]) {
	const lines = vouchers.map((voucher) => {
		const [number = '', day = '', text = ''] = voucher.split(' ');
		return `#VER B ${number} 202607${day} "${text}"\n{\n#TRANS 1930 {} 1.00\n#TRANS 3001 {} -1.00\n}`;
	});
	const file = parseSie(
		Buffer.from(`#FLAGGA 0\n#PROGRAM Kassan 1\n#SIETYP 4\n#ORGNR ${company}\n#RAR 0 20260101 20261231\n${lines.join('\n')}\n`),
	);
	const identities = runSteps(voucherIdentities(file));
	return file.vouchers.flatMap((voucher, index) => {
		const identity = identities[index];
		const { number, date, text = '' } = voucher;
		return identity === undefined ? [] : [{ identity, digest: voucherDigest(voucher), number, date, text, reference: undefined }];
	});
}

const recognise = (...given: Parameters<typeof recogniseVouchers>) => runSteps(recogniseVouchers(...given));

/** The marks that an import of the vouchers leaves in the ledger. */
function imported(
	vouchers: ReturnType<typeof vouchersOf>,
	before: readonly KnownMark[] = [],
	numbers: VoucherNumbers = 'asNumbered',
): KnownMark[] {
	const marks = [...before];
	for (const [index, { key, isConflict }] of recognise(vouchers, before, numbers).entries()) {
		const { digest = '', number = '' } = vouchers[index] ?? {};
		if (!isConflict && !marks.some((mark) => mark.key === key)) marks.push({ key, digest, reference: `SIE B ${number}` });
	}
	return marks;
}

describe('recogniseVouchers', () => {
	const early = vouchersOf('1 05 a', '2 20 c');
	const late = vouchersOf('1 05 a', '2 10 b', '3 20 c');

	const keyOf = (voucher: (typeof early)[number] | undefined, form: 'asNumbered' | 'renumbered') =>
		keyOfOrigin('sie', voucher?.identity[form] ?? '');

	it('names the late voucher beside what has its number, and what was shifted by the number that it had', () => {
		const [first, second] = late;
		expect(recognise(late, imported(early), 'asNumbered')).toEqual([
			{ key: keyOf(first, 'asNumbered') },
			{ key: keyOf(second, 'renumbered'), isRenumbered: true },
			{ key: keyOf(second, 'asNumbered'), knownAs: 'SIE B 2' },
		]);
	});

	it.each([
		['day', vouchersOf('1 05 a', '2 10 c', '3 20 c')],
		['text', vouchersOf('1 05 a', '2 20 b', '3 20 c')],
	])('tells a late voucher from a changed one by its %s alone', (_, file) => {
		const found = recognise(file, imported(early), 'asNumbered');
		expect(found.map(({ isRenumbered, knownAs, isConflict }) => isRenumbered ?? knownAs ?? isConflict)).toEqual([
			undefined,
			true,
			'SIE B 2',
		]);
	});

	it('numbers with zeros before them are shifted as well', () => {
		expect(imported(vouchersOf('01 05 a', '02 10 b', '03 20 c'), imported(early))).toHaveLength(3);
	});

	it('knows nothing by its content that has no number', () => {
		const [unnumbered] = vouchersOf('0 20 c');
		const found = recognise([...vouchersOf('1 05 a', '2 10 b'), ...(unnumbered ? [unnumbered] : [])], imported(early), 'asNumbered');
		expect(found[2]).toEqual({ key: keyOf(unnumbered, 'asNumbered'), resembles: 'SIE B 2' });
	});

	it('knows numbers that a late voucher shifted, in either order and again and again', () => {
		for (const files of [
			[early, late],
			[late, early],
			[early, late, early, late, late],
		]) {
			expect(files.reduce<KnownMark[]>((marks, file) => imported(file, marks), [])).toHaveLength(3);
		}
	});

	it('follows a second shift, of vouchers that were shifted before', () => {
		const later = vouchersOf('1 03 z', '2 05 a', '3 10 b', '4 20 c');
		const marks = [early, late, later].reduce<KnownMark[]>((known, file) => imported(file, known), []);
		expect(marks).toHaveLength(4);
		for (const file of [later, late, early]) expect(imported(file, marks)).toHaveLength(4);
	});

	it('keeps the key of a voucher that nothing stands against', () => {
		const [first] = early;
		expect(recognise(early, [], 'asNumbered')[0]).toEqual({ key: keyOfOrigin('sie', first?.identity.asNumbered ?? '') });
	});

	it('knows what an earlier version imported from a file that names the company by its VAT number', () => {
		const vouchers = vouchersFrom('SE559900101201', '1 05 a', '2 20 c');
		const marks = vouchers.map(({ identity, digest, number }) => ({
			key: keyOfOrigin('sie', identity.former?.asNumbered ?? ''),
			digest,
			reference: `SIE B ${number}`,
		}));
		expect(recognise(vouchers, marks, 'asNumbered')).toEqual(marks.map(({ key }) => ({ key })));
		expect(imported(vouchersFrom('SE559900101201', '1 05 a', '2 10 b', '3 20 c'), marks)).toHaveLength(3);
		expect(recognise(vouchersFrom('SE559900101201', '2 20 changed'), marks, 'asNumbered')[0]).toMatchObject({ isConflict: true });
	});

	it('names what looks the same and comes from a file of another name, once each', () => {
		const marks = imported(vouchersFrom('556677-8899', '7 05 a'));
		const found = recognise(vouchersOf('1 05 a', '2 05 a'), marks, 'asNumbered');
		expect(found.map(({ resembles }) => resembles)).toEqual(['SIE B 7', undefined]);
	});

	describe('what looks the same, has its number, and comes from a file of another name', () => {
		const [voucher] = vouchersOf('1 05 a');
		const other = (reference: string | undefined, more: Partial<KnownMark> = {}): KnownMark => ({
			key: keyOfOrigin('sie', `other ${reference ?? ''}`),
			digest: voucher?.digest ?? '',
			reference,
			...more,
		});
		const foundFrom = (...marks: KnownMark[]) => {
			const [found] = recognise(voucher ? [{ ...voucher, reference: 'SIE B 1' }] : [], marks, 'asNumbered');
			return [found?.resembles, found?.isTwin];
		};

		it.each<[string, KnownMark[], Array<string | true | undefined>]>([
			['is a twin', [other('SIE B 1')], ['SIE B 1', true]],
			['is the twin, wherever it stands', [other('SIE B 9'), other('SIE B 1')], ['SIE B 1', true]],
			['is none where it was reversed', [other('SIE B 1', { isTakenBack: true })], ['SIE B 1', undefined]],
			['is none with another number', [other('SIE B 9')], ['SIE B 9', undefined]],
			['is none without a name', [other(undefined)], ['', undefined]],
			['is none where it is none', [], [undefined, undefined]],
		])('%s', (_, marks, expected) => {
			expect(foundFrom(...marks)).toEqual(expected);
		});

		it('is no twin where neither has a name', () => {
			expect(recognise(vouchersOf('1 05 a'), [other(undefined)], 'asNumbered')[0]).toEqual({
				key: keyOf(voucher, 'asNumbered'),
				resembles: '',
			});
		});

		it('is no twin without a number', () => {
			const [unnumbered] = vouchersOf('0 05 a');
			const [found] = recognise(unnumbered ? [{ ...unnumbered, reference: 'SIE B 0' }] : [], [other('SIE B 0')], 'asNumbered');
			expect([found?.resembles, found?.isTwin]).toEqual(['SIE B 0', undefined]);
		});
	});

	it('takes two equal vouchers of a day for two, where no number says otherwise', () => {
		const marks = imported(vouchersOf('1 05 a'));
		expect(recognise(vouchersOf('2 05 a'), marks, 'asNumbered')).toEqual([{ key: expect.any(String) }]);
		expect(imported(vouchersOf('2 05 a'), marks)).toHaveLength(2);
		expect(imported(vouchersOf('1 05 a', '2 05 a'), imported(vouchersOf('2 05 a'), marks))).toHaveLength(2);
	});

	it('keeps equal vouchers apart where numbers shift', () => {
		const marks = imported(vouchersOf('1 05 a', '2 05 a', '3 20 c'));
		expect(imported(vouchersOf('1 04 z', '2 05 a', '3 05 a', '4 20 c'), marks)).toHaveLength(4);
	});

	it('finds a conflict where a number has other content and the file does not have the earlier voucher', () => {
		const marks = imported(early);
		expect(recognise(vouchersOf('2 20 changed'), marks, 'asNumbered')).toEqual([{ key: expect.any(String), isConflict: true }]);
		expect(recognise(vouchersOf('2 20 changed'), marks, 'restart')[0]?.isConflict).toBeUndefined();
	});

	it('refuses to tell a late voucher from a changed one where day and text are the same', () => {
		const marks = imported(vouchersOf('1 05 a'));
		const [first, second] = recognise(
			vouchersOf('2 05 a', '1 05 a').map((voucher, index) => (index === 1 ? { ...voucher, digest: '1.changed' } : voucher)),
			marks,
			'asNumbered',
		);
		expect(second?.isConflict).toBe(true);
		expect(first?.knownAs).toBeUndefined();
	});

	it('follows a whole day that moved on', () => {
		const marks = imported(vouchersOf('1 05 a', '2 20 c', '3 20 d'));
		expect(imported(vouchersOf('1 05 a', '2 10 b', '3 20 c', '4 20 d'), marks)).toHaveLength(4);
	});

	it('knows a shifted voucher again in a file of it alone', () => {
		const marks = imported(late, imported(early));
		expect(imported(vouchersOf('3 20 c'), marks)).toHaveLength(3);
	});

	it('with numbers that restart takes the day for a part of the number, and knows what was imported without', () => {
		const june = vouchersOf('1 03 a', '2 04 b');
		const july = vouchersOf('1 13 c', '2 14 d');
		for (const first of ['asNumbered', 'restart'] as const) {
			const marks = imported(july, imported(june, [], first), 'restart');
			expect(marks).toHaveLength(4);
			for (const file of [june, july]) expect(imported(file, marks, 'restart')).toHaveLength(4);
		}
		expect(recognise(vouchersOf('1 13 changed'), imported(july, [], 'restart'), 'restart')).toMatchObject([{ isConflict: true }]);
	});

	it('knows nothing again from another series, program or company', () => {
		const marks = imported(early).map(({ digest, reference }, index) => ({ key: keyOfOrigin('sie', `other ${index}`), digest, reference }));
		expect(recognise(late, marks, 'asNumbered').every(({ knownAs }) => knownAs === undefined)).toBe(true);
	});
});
