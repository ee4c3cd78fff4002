import fc from 'fast-check';
import { SieError, type SieFile, type SieVoucher, parseSie, readSie } from '../../../nodes/shared/ledger/sie';
import { encodeCp437 } from '../../../sandbox/company/sie/cp437';
import { writeSie } from './writer';
import { parseSieAmount, formatSieAmount, parseSieDate, parseSieMonth } from '../../../nodes/shared/ledger/sie/values';

const ALPHABET = 'abcXYZåäöÅÄÖéü 0123456789-.,:;/#{}"\\\'()[]@€½';

/** Texts that SIE can hold: the euro sign has no byte. */
const text = fc.string({ unit: fc.constantFrom(...ALPHABET.replace('€', '')), minLength: 1, maxLength: 40 });
const optionalText = fc.option(text, { nil: undefined });
const ore = fc.integer({ min: -99_999_999_999_999, max: 99_999_999_999_999 });
const smallOre = fc.integer({ min: -1_000_000, max: 1_000_000 });
const account = fc.integer({ min: 1000, max: 9999 }).map(String);
const date = fc
	.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true })
	.map((day) => day.toISOString().slice(0, 10));
const optionalDate = fc.option(date, { nil: undefined });
const quantity = fc.option(
	fc.oneof(
		fc.integer({ min: -1_000_000, max: 1_000_000 }).map((thousandths) => thousandths / 1000),
		fc.constantFrom(0.0000001, 1e21),
	),
	{ nil: undefined },
);
const objects = fc.array(fc.record({ dimension: fc.nat(99), object: text }), { maxLength: 4 });
const year = fc.integer({ min: -2, max: 0 });
const month = date.map((day) => day.slice(0, 7));
const balance = fc.record({ line: fc.constant(0), year, account, objects: fc.constant([]), amount: ore, quantity });
const objectBalance = fc.record({ line: fc.constant(0), year, account, objects, amount: ore, quantity });
const periodBalance = fc.record({ line: fc.constant(0), year, month, account, objects, amount: ore, quantity });
const row = fc.record({
	line: fc.constant(0),
	account,
	amount: smallOre,
	objects,
	date: optionalDate,
	text: optionalText,
	quantity,
	sign: optionalText,
});
const voucher = fc
	.record({
		line: fc.constant(0),
		series: fc.option(text, { nil: '' }),
		number: fc.option(fc.nat().map(String), { nil: '' }),
		date,
		text: optionalText,
		registered: optionalDate,
		sign: optionalText,
		rows: fc.array(fc.tuple(row, fc.boolean()), { maxLength: 5 }),
		removed: fc.array(row, { maxLength: 2 }),
	})
	.map(({ rows, ...rest }) => {
		const booked = rows.map(([each, isAdded]) => (isAdded ? { ...each, added: true as const } : each));
		const sum = booked.reduce((total, { amount }) => total + amount, 0);
		return {
			...rest,
			rows: [...booked, { line: 0, account: '3740', amount: 0 - sum, objects: [] }],
			difference: 0,
		};
	});
const accounts = fc
	.uniqueArray(
		fc.record({
			number: account,
			name: text,
			sru: fc.array(fc.nat(9999).map(String), { maxLength: 2 }),
		}),
		{ selector: ({ number }) => number, maxLength: 5 },
	)
	.map((list) => new Map(list.map((each) => [each.number, each])));
const dimension = fc.record({ number: fc.nat(99), name: text, parent: fc.option(fc.nat(99), { nil: undefined }) });
const sieFile: fc.Arbitrary<SieFile> = fc.record({
	encoding: fc.constant('cp437' as const),
	type: fc.constant(4 as const),
	imported: fc.boolean(),
	program: fc.option(fc.record({ name: text, version: optionalText }), { nil: undefined }),
	generated: fc.option(fc.record({ date, sign: optionalText }), { nil: undefined }),
	company: fc.record({
		name: optionalText,
		organisationNumber: optionalText,
	}),
	years: fc.array(
		fc.tuple(year, date, date).map(([index, a, b]) => ({ index, from: a < b ? a : b, to: a < b ? b : a })),
		{ maxLength: 3 },
	),
	currency: optionalText,
	accounts,
	dimensions: fc.array(dimension, { maxLength: 3 }),
	objects: fc.array(fc.record({ dimension: fc.nat(99), object: text, name: text }), { maxLength: 3 }),
	openingBalances: fc.array(balance, { maxLength: 4 }),
	closingBalances: fc.array(balance, { maxLength: 4 }),
	results: fc.array(balance, { maxLength: 4 }),
	openingObjectBalances: fc.array(objectBalance, { maxLength: 3 }),
	closingObjectBalances: fc.array(objectBalance, { maxLength: 3 }),
	periodBalances: fc.array(periodBalance, { maxLength: 4 }),
	periodBudgets: fc.array(periodBalance, { maxLength: 4 }),
	unknownLabels: fc.constant(new Set<string>()),
	warnings: fc.constant([]),
	vouchers: fc.array(voucher, { maxLength: 6 }),
});

/** Texts with their backslashes doubled stand in a written file only. */
function withoutWritten<T extends object>(entry: T): T {
	const copy: T & { writtenText?: string } = { ...entry };
	delete copy.writtenText;
	return copy;
}

/** The file without the line numbers, which a written file has anew. */
function withoutLines(file: SieFile): SieFile {
	const unnumbered = <T extends { line: number }>(entries: readonly T[]) => entries.map((entry) => ({ ...withoutWritten(entry), line: 0 }));
	return {
		...file,
		openingBalances: unnumbered(file.openingBalances),
		closingBalances: unnumbered(file.closingBalances),
		results: unnumbered(file.results),
		openingObjectBalances: unnumbered(file.openingObjectBalances),
		closingObjectBalances: unnumbered(file.closingObjectBalances),
		periodBalances: unnumbered(file.periodBalances),
		periodBudgets: unnumbered(file.periodBudgets),
		vouchers: file.vouchers.map((each) => ({
			...withoutWritten(each),
			line: 0,
			rows: unnumbered(each.rows),
			removed: unnumbered(each.removed),
		})),
	};
}

function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
	const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

/** Reads what may be anything: the file, or the refusal. Any other error fails the test. */
function readOrRefuse(bytes: Buffer | Iterable<Buffer>) {
	try {
		return parseSie(bytes);
	} catch (error) {
		if (!(error instanceof SieError)) throw error;
		expect(error.line).toBeGreaterThan(0);
		return { reason: error.reason, line: error.line, message: error.message };
	}
}

describe('SIE files', () => {
	it('read as they were written', () => {
		fc.assert(
			fc.property(sieFile, (file) => {
				const bytes = writeSie(file);
				const read = parseSie(bytes, { encoding: 'cp437' });
				expect(withoutLines(read)).toEqual(file);
				expect(writeSie(read)).toEqual(bytes);
			}),
			{ numRuns: 200 },
		);
	});

	it('read the same wherever they are cut into pieces, whichever line break they have', () => {
		fc.assert(
			fc.property(sieFile, fc.array(fc.nat(), { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'), (file, places, lineBreak) => {
				const bytes = Buffer.from(writeSie(file).toString('latin1').replaceAll('\r\n', lineBreak), 'latin1');
				expect(parseSie(cutAt(bytes, places))).toEqual(parseSie(bytes));
			}),
			{ numRuns: 150 },
		);
	});

	it('read the same in pieces where they are larger than a window', () => {
		const lines = Array.from(
			{ length: 9000 },
			(_, i) => `#VER A ${i} 20260131 "Försäljning ${'x'.repeat(i % 90)}"\r\n{\r\n#TRANS 1920 {} 0.00\r\n}`,
		);
		const bytes = encodeCp437(`#FLAGGA 0\r\n${lines.join('\r\n')}`);
		const whole = parseSie(bytes);
		expect(whole.vouchers.map(({ line }) => line)).toEqual(Array.from({ length: 9000 }, (_, i) => 2 + 4 * i));
		for (const size of [1000, 65_535, 65_536, 65_537, 300_001]) {
			const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
			const vouchers: SieVoucher[] = [];
			readSie(pieces, (each) => vouchers.push(each));
			expect(vouchers).toEqual(whole.vouchers);
		}
	});
});

describe('damaged files', () => {
	const mutation = fc.record({ at: fc.nat(), remove: fc.nat(5), insert: fc.uint8Array({ maxLength: 5 }) });

	it('are read or refused with a line and a reason, never anything else, and the same in pieces', () => {
		fc.assert(
			fc.property(
				sieFile,
				fc.array(mutation, { minLength: 1, maxLength: 5 }),
				fc.array(fc.nat(), { maxLength: 5 }),
				(file, mutations, places) => {
					let bytes = writeSie(file);
					for (const { at, remove, insert } of mutations) {
						const from = at % (bytes.length + 1);
						bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
					}
					expect(readOrRefuse(cutAt(bytes, places))).toEqual(readOrRefuse(bytes));
				},
			),
			{ numRuns: 500 },
		);
	});

	it('made of what SIE is made of are read or refused', () => {
		const token = fc.constantFrom(
			'#VER',
			'#TRANS',
			'#RTRANS',
			'#BTRANS',
			'#IB',
			'#RAR',
			'#KONTO',
			'#PSALDO',
			'#SIETYP',
			'#KSUMMA',
			'{',
			'}',
			'{}',
			'{1 "K"}',
			'"',
			'\\"',
			'\\',
			' ',
			'\t',
			'\n',
			'\r',
			'\r\n',
			'1920',
			'-1.85',
			'20260131',
			'202601',
			'0',
			'""',
			'å',
			'\u001a',
		);
		fc.assert(
			fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
				readOrRefuse(encodeCp437(`#FLAGGA 0\n${tokens.join(' ')}`));
			}),
			{ numRuns: 2000 },
		);
	});

	it('of random bytes are refused, or hold nothing', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				readOrRefuse(Buffer.from(bytes));
			}),
			{ numRuns: 1000 },
		);
	});

	it.each([
		['quotation marks', `#FNAMN "\\"x${'"x'.repeat(500_000)}`],
		['escaped quotation marks', `#FNAMN "${'\\" x'.repeat(250_000)}`],
		['objects', `#VER A 1 20260131\n{\n#TRANS 1920 {${'1 "a\\" '.repeat(140_000)}`],
		['added rows', `#VER A 1 20260131\n{\n${'#RTRANS 1920 {} 1\n#RTRANS 1930 {} -1\n'.repeat(50_000)}}`],
		['blank lines', '#FLAGGA 0\n' + '\n'.repeat(1_000_000)],
		['lines without end', `#${'x'.repeat(20_000_000)}`],
	])('don’t take long over very many %s', (_, content) => {
		readOrRefuse(Buffer.from(content));
	});
});

describe('amounts', () => {
	it('read as they were written', () => {
		fc.assert(
			fc.property(fc.maxSafeInteger(), (amount) => {
				const written = formatSieAmount(amount);
				expect(parseSieAmount(`x${written} `, 1, written.length + 1)).toBe(amount);
			}),
		);
	});

	it('are whatever a plain decimal number says, or nothing', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-+'), maxLength: 9 }), (written) => {
				const isAmount = /^[-+]?(\d+\.?|\d*\.\d{1,2}0*|\d+\.0*)$/.test(written);
				const expected = isAmount ? Math.round(Number(written) * 100) + 0 : undefined;
				expect(parseSieAmount(written, 0, written.length)).toBe(expected);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('dates', () => {
	it.each([
		['19000101', '1900-01-01'],
		['18991231', undefined],
		['2026-01-31', '2026-01-31'],
		['2026-0131', undefined],
		['20260131x', undefined],
		['20260131120000', undefined],
		['20260100000001', undefined],
	])('%s is %s', (written, date) => {
		expect(parseSieDate(written)).toBe(date);
	});

	it.each([
		['202601', '2026-01'],
		['199912', '1999-12'],
		['202600', undefined],
		['202613', undefined],
		['20260131', undefined],
		['1202601', undefined],
	])('%s is the month %s', (written, month) => {
		expect(parseSieMonth(written)).toBe(month);
	});

	it('are days of the calendar', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1900, max: 2100 }), fc.nat(15), fc.nat(35), (y, m, d) => {
				const written = `${y}${String(m).padStart(2, '0')}${String(d).padStart(2, '0')}`;
				const iso = `${y}-${written.slice(4, 6)}-${written.slice(6)}`;
				const parsed = new Date(`${iso}T00:00:00Z`);
				const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
				expect(parseSieDate(written)).toBe(exists ? iso : undefined);
			}),
			{ numRuns: 2000 },
		);
	});
});
