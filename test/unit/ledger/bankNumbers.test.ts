import fc from 'fast-check';

import { readBankgiro, readIban, readPlusgiro, readSwedishAccount } from '../../../nodes/shared/ledger/bankNumbers';
import type { Reading } from '../../../nodes/shared/ledger/problems';

type Reader = (value: unknown) => Reading<string>;

test.each<[string, Reader, unknown, string]>([
	['IBAN', readIban, 'SE45 5000 0000 0583 9825 7466', 'SE4550000000058398257466'],
	['IBAN', readIban, 'se4550000000058398257466', 'SE4550000000058398257466'],
	['IBAN', readIban, 'GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
	['IBAN', readIban, 'DE89-3704-0044-0532-0130-00', 'DE89370400440532013000'],
	['IBAN', readIban, 'NO93 8601 1117 947', 'NO9386011117947'],
	// SEB: type 1, check digit over three digits of the clearing number
	['account', readSwedishAccount, '5839-8257466', '5839-8257466'],
	['account', readSwedishAccount, '5839 825 74 66', '5839-8257466'],
	['account', readSwedishAccount, 58398257466, '5839-8257466'],
	// Handelsbanken, the clearing number does not count
	['account', readSwedishAccount, '6789-123 456 789', '6789-123456789'],
	// Nordea personal account: the number is the holder's identity number
	['account', readSwedishAccount, '3300-811228-9874', '3300-8112289874'],
	// Nordea, all four digits of the clearing number count
	['account', readSwedishAccount, '4000-1234567', '4000-1234567'],
	// A clearing number whose rule is not checked
	['account', readSwedishAccount, '9020-1234567', '9020-1234567'],
	// Swedbank with the clearing number's check digit
	['account', readSwedishAccount, '8327-9,123 456 789-0', '8327-1234567890'],
	['account', readSwedishAccount, '83279 1234567', '8327-1234567'],
	['account', readSwedishAccount, '8327-1234567', '8327-1234567'],
	['account', readSwedishAccount, ' 83279 1234567', '8327-1234567'],
	// Only a clearing number at the beginning has a check digit.
	['account', readSwedishAccount, '9020-83279 12', '9020-8327912'],
	['Bankgiro', readBankgiro, '5050-1055', '5050-1055'],
	['Bankgiro', readBankgiro, 50501055, '5050-1055'],
	['Bankgiro', readBankgiro, '991-2346', '991-2346'],
	['Plusgiro', readPlusgiro, '90 19 50-6', '901950-6'],
	['Plusgiro', readPlusgiro, '9019506', '901950-6'],
	['Plusgiro', readPlusgiro, '18', '1-8'],
])('%s: reads %p', (_name, read, written, expected) => {
	expect(read(written)).toStrictEqual({ value: expected });
});

test.each<[string, Reader, unknown, string]>([
	['IBAN', readIban, 'SE46 5000 0000 0583 9825 7466', 'wrong check digit'],
	['IBAN', readIban, 'SE45 5000 0000 0583 9825 746', 'wrong check digit'],
	['IBAN', readIban, 'SE45 5000 0000 0583 9825 7466 0', 'wrong check digit'],
	['IBAN', readIban, '5839-8257466', 'not an IBAN'],
	['IBAN', readIban, '1SE45 5000 0000 0583 9825 7466', 'not an IBAN'],
	['IBAN', readIban, 'SE45 5000 0000 0583 9825 7466 Ö', 'not an IBAN'],
	['IBAN', readIban, '', 'not an IBAN'],
	['IBAN', readIban, null, 'not an IBAN'],
	['account', readSwedishAccount, '5839-8257467', 'wrong check digit'],
	['account', readSwedishAccount, '5839-82574660', 'up to 7 digits'],
	['account', readSwedishAccount, '3300-81122898740', 'up to 10 digits'],
	['account', readSwedishAccount, '3782-81122898740', 'up to 10 digits'],
	['account', readSwedishAccount, '6000-1234567890', 'up to 9 digits'],
	['account', readSwedishAccount, '7000-12345678', 'up to 7 digits'],
	['account', readSwedishAccount, '6000-123456788', 'wrong check digit'],
	['account', readSwedishAccount, '3300-8112289873', 'wrong check digit'],
	['account', readSwedishAccount, '4000-1234568', 'wrong check digit'],
	['account', readSwedishAccount, '8327-8,1234567', 'wrong check digit'],
	['account', readSwedishAccount, '0123-1234567', 'not a Swedish bank account'],
	['account', readSwedishAccount, 'SEB 5839-8257466', 'not a Swedish bank account'],
	['account', readSwedishAccount, '5839-8257466 SEB', 'not a Swedish bank account'],
	['account', readSwedishAccount, '583', 'not a Swedish bank account'],
	['account', readSwedishAccount, '5839', 'not a Swedish bank account'],
	['account', readSwedishAccount, '5839-1', 'not a Swedish bank account'],
	['account', readSwedishAccount, 'SE4550000000058398257466', 'not a Swedish bank account'],
	['account', readSwedishAccount, {}, 'not a Swedish bank account'],
	['Bankgiro', readBankgiro, '5050-1056', 'wrong check digit'],
	['Bankgiro', readBankgiro, 'BG 5050-1055', 'not a Bankgiro number'],
	['Bankgiro', readBankgiro, '5050-1055 BG', 'not a Bankgiro number'],
	['Bankgiro', readBankgiro, '505010', 'not a Bankgiro number; write it as 5050-1055.'],
	['Bankgiro', readBankgiro, null, '"" is not a Bankgiro number'],
	['Plusgiro', readPlusgiro, '90 19 50-7', 'wrong check digit'],
	['Plusgiro', readPlusgiro, '123456789', 'not a Plusgiro number'],
])('%s: refuses %p', (_name, read, written, part) => {
	const reading = read(written);
	expect(reading.problem !== undefined ? reading.problem : `read as ${reading.value}`).toContain(part);
});

/** By Bankgirot's rules, reckoned by hand: the weights count from the right, 1 to 10 (modulus 11), or 1 and 2 (modulus 10). */
describe('the first and last clearing number of each range', () => {
	test.each([
		['3300', '8112289874', '8112289873'],
		['3782', '8112289874', '8112289873'],
		['4000', '1234567', '1234568'],
		['4999', '1234574', '1234567'],
		['5000', '1234579', '1234567'],
		['5999', '1234578', '1234579'],
		['6000', '123456789', '123456788'],
		['6999', '123456789', '123456788'],
		['7000', '1234579', '1234578'],
		['7999', '1234578', '1234579'],
		['4000', '12358', '12351'],
		['6000', '12351', '12352'],
	])('%s-%s is right and %s is not', (clearing, right, wrong) => {
		expect(readSwedishAccount(`${clearing}-${right}`)).toStrictEqual({ value: `${clearing}-${right}` });
		expect(readSwedishAccount(`${clearing}-${wrong}`).problem).toContain('wrong check digit');
	});

	test.each(['3299', '3301', '3781', '3783', '3999', '8000', '1000', '9999'])('%s is of no range: any digits are right', (clearing) => {
		for (const account of ['1234567', '1234568', '12', '12345678901']) {
			expect(readSwedishAccount(`${clearing}-${account}`)).toStrictEqual({ value: `${clearing}-${account}` });
		}
		expect(readSwedishAccount(`${clearing}-123456789012`)).toHaveProperty('problem');
		expect(readSwedishAccount(`${clearing}-1`)).toHaveProperty('problem');
	});
});

test('of ten last digits exactly one makes a Bankgiro or Plusgiro number', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[1-9]\d{6}$/), (digits) => {
			for (const read of [readBankgiro, readPlusgiro]) {
				const readings = Array.from({ length: 10 }, (_, last) => read(`${digits}${last}`));
				expect(readings.filter((reading) => reading.problem === undefined)).toHaveLength(1);
			}
		}),
	);
});

test('two neighbouring digits that changed places are found in an IBAN', () => {
	const iban = 'SE4550000000058398257466';
	for (let place = 4; place < iban.length - 1; place++) {
		const [one = '', other = ''] = iban.slice(place);
		if (one === other) continue;
		expect(readIban(iban.slice(0, place) + other + one + iban.slice(place + 2))).toHaveProperty('problem');
	}
});
