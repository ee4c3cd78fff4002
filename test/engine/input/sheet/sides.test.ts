import type { IDataObject } from 'n8n-workflow';

import { BALANCED, BANK, Desk, sheet } from './support';

const desk = new Desk();

describe('a column that says debit or credit in a word', () => {
	it.each([
		['D/K', 'D', 'K'],
		['D/C', 'D', 'C'],
		['DK', 'd', 'k'],
		['Debet/Kredit', 'Debet', 'Kredit'],
		['Debit/Credit', 'debit', 'credit'],
		['Dr/Cr', 'Dr', 'Cr'],
		['DEBET ELLER KREDIT', 'DEBET', 'KREDIT'],
		['side', 'debit', 'credit'],
		['CdtDbtInd', 'DBIT', 'CRDT'],
		['debit_or_credit', 'D', 'C'],
		['Sida', 'Deb.', 'Kred.'],
	])('%s: %s and %s give the amounts their side', async (heading, debit, credit) => {
		const input = sheet(`Konto;Belopp;${heading};Text`, ['6310', '1 200,50', debit, 'Premie'], ['1930', '1 200,50', credit, 'Bank']);
		const result = await desk.post(input);
		expect(desk.booked(result)).toEqual([
			[6310, 1200.5],
			[1930, -1200.5],
		]);
	});

	it('goes with the balancing account, where nothing else would show the wrong side', async () => {
		const input = sheet('Konto;Belopp;D/K', ['3004', 1000, 'K'], ['6570', 25, 'D']);
		expect(desk.booked(await desk.post(input, BALANCED))).toEqual([
			[3004, -1000],
			[6570, 25],
			[1930, 975],
		]);
	});

	it('goes with gross amounts and their VAT', async () => {
		const taxed = sheet('Konto;Brutto;Momskod;Moms;D/K', ['3001', 1250, 'MP1', 250, 'K'], ['5410', 250, 'I', 50, 'D']);
		const input = [...taxed, { Konto: '1930', Belopp: 1000, 'D/K': 'D' }];
		expect(desk.booked(await desk.post(input))).toEqual([
			[3001, -1000],
			[2611, -250],
			[5410, 200],
			[2641, 50],
			[1930, 1000],
		]);
	});

	it('leaves amounts that have the same signs already, and columns of debit and credit', async () => {
		const signed = sheet('Konto;Belopp;D/K', ['6310', 100, 'D'], ['1930', -100, 'K']);
		const twoSided = sheet('Konto;Debet;Kredit;D/K', ['6310', 100, '', 'D'], ['1930', '', 100, 'K']);
		for (const input of [signed, twoSided])
			expect(desk.booked(await desk.post(input))).toEqual([
				[6310, 100],
				[1930, -100],
			]);
	});

	it.each<[string, IDataObject[], RegExp]>([
		[
			'a word that is neither',
			sheet('Konto;Belopp;D/K', ['6310', 100, 'D'], ['1930', 100, 'Kr']),
			/^lines\[1\]\.debit_or_credit: 'Kr' in the column 'D\/K' is neither debit/,
		],
		['a number', sheet('Konto;Belopp;D/K', ['6310', 100, 1], ['1930', 100, 2]), /^lines\[0\]\.debit_or_credit: '1'/],
		[
			'no word beside an amount',
			sheet('Konto;Belopp;D/K', ['6310', 100, 'D'], ['1930', 100, '']),
			/^lines\[1\]\.debit_or_credit: .*nothing in its column 'D\/K'/,
		],
		[
			'a sign besides',
			sheet('Konto;Belopp;D/K', ['6310', -100, 'D'], ['1930', -100, 'K']),
			/^lines\[0\]\.debit_or_credit: the amount is negative, and 'D\/K' says 'D' besides/,
		],
		[
			'the other column',
			sheet('Konto;Debet;Kredit;D/K', ['6310', 100, '', 'K'], ['1930', '', 100, 'D']),
			/^lines\[0\]\.debit_or_credit: the amount stands in debit, and the column 'D\/K' says 'K'/,
		],
		[
			'another heading',
			sheet('Konto;Belopp;Typ', ['3004', 100, 'Kredit'], ['6570', 100, 'Debet']),
			/^lines\[0\]\.debit_or_credit: the column 'Typ' says 'Kredit', and no amount has a sign\. Call the column D\/K/,
		],
		[
			'two such columns',
			sheet('Konto;Belopp;D/K;Debet/Kredit', ['6310', 100, 'D', 'D']),
			/^debit_or_credit: the columns 'D\/K' and 'Debet\/Kredit' both mean it/,
		],
	])('is refused with %s', async (_what, input, why) => {
		const result = await desk.post(input, BALANCED);
		expect(result.error?.message).toMatch(why);
		expect(desk.added()).toBe(0);
	});

	it('is refused in a financial entry, whose amounts are from the bank’s side, unless they have their signs', async () => {
		for (const words of [
			['K', 'K'],
			['D', 'D'],
			['D', 'K'],
		]) {
			const result = await desk.post(sheet('Konto;Belopp;D/K', ['3004', 100, words[0]], ['3004', 50, words[1]]), BANK);
			expect(result.error?.message).toMatch(
				/^lines\[0\]\.debit_or_credit: 'D\/K' says debit or credit, and the amounts of a financial entry are from the bank's side/,
			);
		}
		expect(desk.added()).toBe(0);
		const signed = await desk.post(sheet('Konto;Belopp;D/K', ['3004', 100, 'K'], ['6570', -10, 'D']), BANK);
		expect(desk.booked(signed)).toEqual([
			[1930, 90],
			[3004, -100],
			[6570, 10],
		]);
	});

	it('of another matter is left alone where the amounts have their signs', async () => {
		const input = sheet('Konto;Belopp;Funding', ['3004', -100, 'credit'], ['1930', 100, 'debit']);
		expect(desk.booked(await desk.post(input))).toEqual([
			[3004, -100],
			[1930, 100],
		]);
	});
});
