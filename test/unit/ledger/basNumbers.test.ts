import { boxOfBasNumber, boxOfVatCode, type VatBox } from '../../../nodes/shared/ledger/vat';
import { vatCodeOfBasNumber } from '../../../nodes/shared/ledger/vat/table';

/** Written by hand from BAS 2025 and SKV 4700: all accounts of each box, where the charts agree. */
const BY_HAND: Partial<Record<VatBox, number[]>> = {
	'05': [3000, 3001, 3002, 3003],
	'06': [3401, 3402, 3403],
	'10': [2610, 2611, 2612, 2613, 2616, 2618],
	'11': [2620, 2621, 2622, 2623, 2626, 2628],
	'12': [2630, 2631, 2632, 2633, 2636, 2638],
	'20': [4515, 4516, 4517],
	'21': [4535, 4536, 4537],
	'22': [4531, 4532, 4533],
	'23': [4415, 4416, 4417],
	'24': [4425, 4426, 4427],
	'30': [2614],
	'31': [2624],
	'32': [2634],
	'36': [3105],
	'39': [3308],
	'40': [3305],
	'41': [3231, 3232, 3233],
	'42': [3004, 3100, 3404, 3980, 3994],
	'48': [2640, 2641, 2642, 2645, 2646, 2647, 2649],
	'50': [4545, 4546, 4547],
	'60': [2615],
	'61': [2625],
	'62': [2635],
};

test('the box of every account by its number', () => {
	const found: Partial<Record<VatBox, number[]>> = {};
	for (let account = 1000; account <= 9999; account++) {
		const box = boxOfBasNumber(account);
		if (box !== undefined) (found[box] ??= []).push(account);
	}
	expect(found).toEqual(BY_HAND);
});

test('the box of a code of three rates is that of its account, or of the decade of it', () => {
	const boxes = (code: string, ...accounts: number[]) => accounts.map((account) => boxOfVatCode(code, account));
	expect(boxes('UEU', 2614, 2624, 2634)).toEqual(['30', '31', '32']);
	expect(boxes('UOS', 2610, 2617, 2619, 2620, 2627, 2629, 2630, 2637, 2639)).toEqual([
		'30',
		'30',
		'30',
		'31',
		'31',
		'31',
		'32',
		'32',
		'32',
	]);
	expect(boxes('UTFU', 2609, 2640, 2699, 1630)).toEqual([undefined, undefined, undefined, undefined]);
	expect(boxes('MP2', 3001)).toEqual(['05']);
	expect(boxes('I', 2611)).toEqual(['48']);
	expect(boxes('OWN', 2611)).toEqual([undefined]);
});

test('a code counts however it is written', () => {
	expect(boxOfVatCode(' mp1 ', 3010)).toBe('05');
	expect(boxOfVatCode('o\u0308teu', 3010)).toBe('40');
});

test.each([
	[3001, 'MP1'],
	[3002, 'MP2'],
	[3003, 'MP3'],
	[3105, 'E'],
	[3305, 'ÖTEU'],
	[3308, 'FTEU'],
	[3401, 'UT'],
	[2611, 'U1'],
	[2621, 'U2'],
	[2631, 'U3'],
	[2615, 'UI25'],
	[2625, 'UI12'],
	[2635, 'UI6'],
	[2640, 'I'],
	[4515, 'IVEU'],
	[4531, 'ITGLOB'],
	[4535, 'ITEU'],
	[4545, 'BI'],
	// Several codes stand for VAT owed with reverse charge.
	[2614, undefined],
	[1930, undefined],
	[3010, undefined],
])('the code of %d by its number is %s', (account, code) => {
	expect(vatCodeOfBasNumber(account)).toBe(code);
});
