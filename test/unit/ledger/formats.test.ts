import fc from 'fast-check';

import {
	formatEntryId,
	readAccountNumber,
	readCurrencyCode,
	readDescription,
	readEntryId,
	readEntryName,
	readJournalCode,
	readPercentage,
	readPrefixes,
} from '../../../nodes/shared/ledger/formats';
import type { Reading } from '../../../nodes/shared/ledger/problems';

type Reader = (value: unknown) => Reading<unknown>;

test.each<[string, Reader, unknown, unknown]>([
	['account number', readAccountNumber, 1930, 1930],
	['account number', readAccountNumber, ' 1000 ', 1000],
	['account number', readAccountNumber, '9999', 9999],
	['journal code', readJournalCode, 'A', 'A'],
	['journal code', readJournalCode, 'ABCDEFGH12', 'ABCDEFGH12'],
	['journal code', readJournalCode, 7, '7'],
	['description', readDescription, '  Rent ', 'Rent'],
	['description', readDescription, 'å'.repeat(200), 'å'.repeat(200)],
	['currency', readCurrencyCode, 'EUR', 'EUR'],
	['currency', readCurrencyCode, ' usd ', 'USD'],
	['entry id', readEntryId, 'A-17-3', { series: 'A', number: 17, yearId: 3 }],
	['entry id', readEntryId, 'a-17-3', { series: 'A', number: 17, yearId: 3 }],
	['entry id', readEntryId, 'LON1-1-12', { series: 'LON1', number: 1, yearId: 12 }],
	['percentage', readPercentage, 50, 50],
	['percentage', readPercentage, '33,33 %', 33.33],
	['percentage', readPercentage, '100', 100],
	['percentage', readPercentage, '25%', 25],
	['percentage', readPercentage, 0.01, 0.01],
	['prefixes', readPrefixes, '6,7', ['6', '7']],
	['prefixes', readPrefixes, '19, 244', ['19', '244']],
	['prefixes', readPrefixes, 1930, ['1930']],
	['prefixes', readPrefixes, ['601', 7, '7'], ['601', '7']],
])('%s: reads %p', (_name, read, written, value) => {
	expect(read(written)).toStrictEqual({ value });
});

test.each([
	['A 21', ['A 21']],
	['A-21', ['A 21']],
	['a-21', ['A 21']],
	[' a  21 ', ['A 21']],
	['A - 21', ['A 21']],
	['A21', ['A 21', 'A2 1']],
	['A20', ['A 20']],
	['N8N3', ['N8N 3']],
	['1 21', ['1 21']],
	['21', []],
	['A', []],
	['A 0', []],
	['A-17-3', []],
	['Å 3', []],
	['', []],
	['A'.repeat(1000) + '1', []],
	['ÅA3', []],
	['A02', ['A0 2']],
	['ABCDEFGHIJ1', ['ABCDEFGHIJ 1']],
	['ABCDEFGHIJK1', []],
	// A number has ten digits at most.
	['ABCDEFGHI12345678901', ['ABCDEFGHI1 2345678901']],
	[null, []],
])('entry name: %j may be %j', (written, names) => {
	expect(readEntryName(written).map(({ series, number }) => `${series} ${number}`)).toEqual(names);
});

test.each<[string, Reader, unknown, string]>([
	['account number', readAccountNumber, 999, '1000 to 9999'],
	['account number', readAccountNumber, 10000, '1000 to 9999'],
	['account number', readAccountNumber, 1930.5, 'not an account number'],
	['account number', readAccountNumber, '1930 Bank', 'give the number alone'],
	['account number', readAccountNumber, '01930', 'not an account number'],
	['account number', readAccountNumber, '', 'missing'],
	['account number', readAccountNumber, null, 'missing'],
	['journal code', readJournalCode, 'a1', 'Write "A1"'],
	['journal code', readJournalCode, 'Å', 'digits or capital letters'],
	['journal code', readJournalCode, 'A-1', 'digits or capital letters'],
	['journal code', readJournalCode, 'ABCDEFGHIJK', 'digits or capital letters'],
	['journal code', readJournalCode, '', 'missing'],
	['description', readDescription, '   ', 'empty'],
	['description', readDescription, 'x'.repeat(201), 'has 201 characters; shorten it to 200'],
	['currency', readCurrencyCode, 'kr', 'three letters'],
	['currency', readCurrencyCode, '€', 'three letters'],
	['currency', readCurrencyCode, 'EURO', '"EURO" is not a currency code; use three letters'],
	['currency', readCurrencyCode, undefined, 'three letters'],
	['entry id', readEntryId, 'A-17', 'such as A-17-3'],
	['entry id', readEntryId, 'A17-3', 'such as A-17-3'],
	['entry id', readEntryId, 'A-17-3-4', 'such as A-17-3'],
	['entry id', readEntryId, 'A-0-3', 'such as A-17-3'],
	['entry id', readEntryId, 'å-17-3', 'such as A-17-3'],
	['entry id', readEntryId, {}, 'such as A-17-3'],
	['percentage', readPercentage, 0, 'above 0'],
	['percentage', readPercentage, '100.01', 'up to 100'],
	['percentage', readPercentage, -5, '"-5" is not a share; give percent above 0'],
	['percentage', readPercentage, '33.333', 'two decimals'],
	['percentage', readPercentage, '1e1', 'two decimals'],
	['percentage', readPercentage, '', 'above 0'],
	['prefixes', readPrefixes, '', 'empty'],
	['prefixes', readPrefixes, [], 'empty'],
	['prefixes', readPrefixes, '6,,7', 'beginning of one'],
	['prefixes', readPrefixes, '0', 'beginning of one'],
	['prefixes', readPrefixes, '19301', 'beginning of one'],
	['prefixes', readPrefixes, '6-7', 'beginning of one'],
])('%s: refuses %p', (_name, read, written, part) => {
	const reading = read(written);
	expect(reading.problem !== undefined ? reading.problem : `read as ${String(reading.value)}`).toContain(part);
});

test('an entry’s id is read back', () => {
	const ids = fc.record(
		{
			series: fc.stringMatching(/^[0-9A-Z]{1,10}$/),
			number: fc.integer({ min: 1, max: 999_999_999 }),
			yearId: fc.integer({ min: 1, max: 9999 }),
		},
		{ noNullPrototype: true },
	);
	fc.assert(fc.property(ids, (id) => expect(readEntryId(formatEntryId(id))).toStrictEqual({ value: id })));
});
