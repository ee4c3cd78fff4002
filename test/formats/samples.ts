import type { INodeParameters } from 'n8n-workflow';

import { lookForNew, yearFromStored, yearToStored } from '../../nodes/shared/books/watching/yearLook';
import { isObject } from '../../nodes/shared/unified/readObject';
import { keyOfNumber, keyOfOrigin, keyOfPlace } from '../../nodes/shared/ledger/mark';
import { preSystemFile, itemWith } from '../engine/sie/files';
import type { World } from '../engine/support/world';
import { book } from '../engine/vat/support';

/**
 * Everything that stands in users' books or in n8n's storage, made by this version's code from fixed input. The golden
 * files beside this one hold what each version made: a changed key or digest would post every entry of every user again.
 */
export interface Formats {
	/** Comments of the vouchers that entries with numbers become, by the entry's number. */
	entries: Record<string, string>;
	/** Comments of a reversal of the entry A-1-3. */
	reversal: string;
	/** Comments of the reversal of ACCRUAL-1, which that was given with (Reverse On); since 0.3. */
	planned?: string;
	/** Comments of the vouchers of a SIE file, in its order. */
	sie: string[];
	/** Comments of the months of an amount that is spread; since 0.2. */
	spread?: string[];
	/** Comments of the settlement of a VAT period; since 0.2. */
	vat?: string;
	keys: Record<string, string>;
	triggerState: object;
}

const create = (number: string, more: INodeParameters): INodeParameters => ({
	resource: 'journalEntry',
	operation: 'create',
	journalId: 'A',
	date: '2026-06-01',
	description: 'Payout',
	linesSource: 'json',
	linesJson: JSON.stringify([
		{ account: '1930', debit: 100 },
		{ account: '3004', credit: 100 },
	]),
	...more,
	number,
});

/** One entry per field that the digest covers, and per form that a mark can have. */
const ENTRIES: Record<string, INodeParameters> = {
	'PLAIN-1': {},
	'Åäö * ; % é': {},
	'REF-1': { additionalFields: { reference: 'PSP 77; *', comments: 'Kvitto i pärm 3\nsida 7' } },
	'NODATE-1': { date: '' },
	'NOJOURNAL-1': { journalId: '' },
	'LINES-1': {
		linesJson: JSON.stringify([
			{ account: '1930', debit: '100,00 kr', description: 'Kort' },
			{ account_type: 'customer_account', account: '1001', force_general_account: '1510', credit: 60 },
			{ account: '3004', credit: 40, cost_center: 'BUTIK' },
		]),
	},
	'SHARES-1': {
		linesJson: JSON.stringify([
			{ account: '1930', credit: 100 },
			{
				account: '5410',
				debit: 100,
				analytic_distribution: [
					{
						analytic_plan: 'cost_center',
						analytic_accounts: [
							{ analytic_account: 'BUTIK', percentage: 30 },
							{ analytic_account: 'WEBB', percentage: 70 },
						],
					},
				],
			},
		]),
	},
	'VAT-1': {
		linesJson: JSON.stringify([
			{ account: '1930', debit: 125 },
			{ account: '3001', credit: 100, tax_code: 'MP1', tax_info: { tax_code: 'MP1', tax_amount: 25 } },
		]),
	},
	'EUR-1': { currency: 'EUR', currencyExchangeRate: 11.25 },
	'REGISTER-1': { currency: 'EUR', options: { rateFromRegister: true } },
	// What 0.1 had no field for is of version 2.
	'PERIOD-1': {
		linesJson: JSON.stringify([
			{ account: '6310', debit: 300, start_date: '2026-06-01', end_date: '2026-08-31' },
			{ account: '1930', credit: 300 },
		]),
	},
	'BALANCE-1': { linesJson: JSON.stringify([{ account: '1930', debit: 100 }]), additionalFields: { balancingAccount: '3004' } },
	'GROSS-1': {
		linesJson: JSON.stringify([
			{ account: '1930', debit: 125 },
			{ account: '3001', credit: 125, tax_code: 'MP1', tax_info: { tax_code: 'MP1', gross: true } },
		]),
	},
	// Its day of the reversal is in the mark since 0.3.
	'ACCRUAL-1': { additionalFields: { reverseOn: '2026-07-01' } },
	'BANK-1': {
		resource: 'financialEntry',
		financialCounterpartAccount: '1930',
		linesJson: JSON.stringify([{ account: '6570', amount: -5.5, description: 'Fee' }]),
	},
};

const SIE = `#VER L 1 20260615 "Lön juni" 20260616
{
#TRANS 7210 {1 "BUTIK"} 30000.00 "" "Löner"
#TRANS 1930 {} -30000.00
}
#VER L "" 20260616 "Utan nummer"
{
#TRANS 6570 {} 10.00
#TRANS 1930 {} -10.00
}
#VER L "" 20260616 "Utan nummer"
{
#TRANS 6570 {} 10.00
#TRANS 1930 {} -10.00
}
`;

/** Posts the samples, and collects what was written. */
export async function writeFormats(world: World): Promise<Formats> {
	const company = world.sandbox.company(1001);
	for (const currency of company.currencies) currency.date = '2026-06-01';
	const commentsOf = (item: { voucher_series?: unknown; voucher_number?: unknown; financial_year_id?: unknown } | undefined): string =>
		company.voucher(String(item?.voucher_series), Number(item?.voucher_number), Number(item?.financial_year_id))?.comments ?? '';
	const entries: Record<string, string> = {};
	let planned = '';
	for (const [number, more] of Object.entries(ENTRIES)) {
		const result = await world.run(create(number, more));
		if (result.error) throw new Error(`${number}: ${result.error.message}`);
		const [item] = result.json();
		entries[number] = commentsOf(item);
		if (isObject(item?.reversal)) planned = commentsOf(item.reversal);
	}
	const reversal = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: 'A-1-3', date: '2026-06-01' });
	const sie = await world.run(
		{ resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data', journalId: 'A' },
		{ input: [itemWith(preSystemFile(SIE))] },
	);
	const spread = await world.run(SPREAD);
	const vat = await settleVat(world);
	for (const { error } of [reversal, sie, spread, vat]) if (error) throw new Error(error.message);
	return {
		entries,
		reversal: commentsOf(reversal.json()[0]),
		planned,
		sie: sie.json().map(commentsOf),
		spread: spread.json().map(commentsOf),
		vat: commentsOf(vat.json()[0]),
		keys: {
			number: keyOfNumber('INV-7'),
			decomposed: keyOfNumber('e\u0301'),
			place: keyOfPlace(['instance', '17', 'node', 0, 3, 'group']),
			reversal: keyOfOrigin('reversal', 'A-17-3'),
			correction: keyOfOrigin('correction', 'A-17-3'),
			spread: keyOfOrigin('spread', 'f74d4e6d533d049a1dcbb81f/2'),
			vat: keyOfOrigin('vat', '1001 2026-01-01 2026-03-31'),
			sie: keyOfOrigin('sie', '["5560001234","payroll","2026-01-01","L","number","1"]'),
		},
		triggerState: await triggerState(),
	};
}

const SPREAD: INodeParameters = {
	resource: 'journalEntry',
	operation: 'spread',
	amount: 100,
	resultAccount: '6310',
	balanceAccount: '1730',
	firstMonth: '2026-10',
	lastMonth: '2026-12',
	journalId: 'A',
	description: 'Insurance',
	number: 'SPREAD-1',
};

/** Settles a month of a year that has no entries but these. */
async function settleVat(world: World): Promise<Awaited<ReturnType<World['run']>>> {
	const company = world.sandbox.company(1001);
	if (company.yearOf('2029-03-10') === undefined) company.addYear('2029-01-01', '2029-12-31', { like: company.yearsNewestFirst()[0] });
	book(company, '2029-03-10', [
		[1930, 1250.9],
		[3001, -1000.72],
		[2611, -250.18],
	]);
	book(company, '2029-03-11', [
		[5410, 100.4],
		[2641, 25.1],
		[1930, -125.5],
	]);
	world.reconnect();
	return await world.run({ resource: 'vatReturn', operation: 'settle', period: '2029-03', journalId: 'A' });
}

/** The stored state of a year's look: a first look at three vouchers. */
async function triggerState(): Promise<object> {
	const listed = [1, 2, 4].map((VoucherNumber) => ({ VoucherSeries: 'A', VoucherNumber, Year: 4, TransactionDate: '2026-06-01' }));
	const { state } = await lookForNew(
		{
			since: async () => listed,
			keyOf: ({ VoucherSeries: series, VoucherNumber: number }) => ({ series, number }),
			serverTime: () => new Date('2026-06-01T10:00:00Z'),
		},
		yearFromStored({ from: 1_780_000_000_000, upTo: 1_780_000_060_000, reported: { A: '1' }, known: { A: '1' } }),
	);
	return yearToStored(state);
}
