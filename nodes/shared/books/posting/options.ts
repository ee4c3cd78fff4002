import type { INodeProperties } from 'n8n-workflow';
import { LedgerError } from '../../ledger/problems';
import { REGISTER_RATES, type RegisterRateChoice, type ResidualTarget } from '../../ledger/currency';
import { dryRunOption, maxWaitOption, rawResponseOption, unsupportedCharactersOption } from '../../n8n/options';
import { isAbsent, plainText } from '../../unified/readObject';
import { collectionParameter } from '../../n8n/parameters';
import { wantsRaw } from '../../n8n/withRaw';
import type { Run } from '../../n8n/run';
import type { PostOptions } from './types';

/** The options of an operation that posts entries, read per item. */
export interface EntryOptions extends PostOptions {
	rateFromRegister: boolean;
	/** Which of the register's rates to take; absent: the one that the rows want. */
	registerRate?: RegisterRateChoice;
	acceptRate: boolean;
	acceptVatBase: boolean;
	residual: ResidualTarget;
	unsupportedCharacters: 'replace' | 'fail';
}

const DEFAULT_OUTCOME_TIMEOUT_S = 30;

/** How long to look for what was sent and got no clear answer, in ms. */
export function outcomeTimeoutMs({ outcomeTimeout }: Readonly<Record<string, unknown>>): number {
	return Number(outcomeTimeout ?? DEFAULT_OUTCOME_TIMEOUT_S) * 1000;
}

/**
 * Says before the editor's own test run what that does. An agent's tool has no form that a person reads.
 *
 * @param again what comes of running the operation a second time
 */
export function postsNotice(again = 'With a number of its own an entry is never posted twice.'): INodeProperties {
	return {
		displayName: `Running this node posts to the company's ledger, also with <i>Execute step</i>. To try it first, add the option <i>Validate Only</i>. ${again}`,
		name: 'postsNotice',
		type: 'notice',
		default: '',
		displayOptions: { hide: { '@tool': [true] } },
	};
}

/** @throws {LedgerError} where an option of the item can't be read */
export function readEntryOptions(run: Run, item: number): EntryOptions {
	const options = collectionParameter(run, 'options', item);
	const registerRate = REGISTER_RATES.find((choice) => choice === options.registerRate);
	return {
		dryRun: options.dryRun === true,
		outcomeTimeoutMs: outcomeTimeoutMs(options),
		sideBySide: options.postSideBySide === true,
		rateFromRegister: options.rateFromRegister === true,
		acceptRate: options.acceptRate === true,
		acceptVatBase: options.acceptVatBase === true,
		...(registerRate && { registerRate }),
		residual: options.residual === 'roundingAccount' ? 'roundingAccount' : 'largestRow',
		unsupportedCharacters: options.unsupportedCharacters === 'fail' ? 'fail' : 'replace',
		...proposalIn(options),
		rawResponse: wantsRaw(run, item),
	};
}

/** @throws {LedgerError} where the option is there and empty: an entry would be posted that nobody approved */
function proposalIn({ dryRun, proposal }: Record<string, unknown>): Pick<EntryOptions, 'proposal'> {
	if (proposal === undefined || (dryRun === true && isAbsent(proposal))) return {};
	if (!isAbsent(proposal)) return { proposal: plainText(proposal) };
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'proposal',
		message:
			'proposal: the option is there and empty, so nothing was approved. Give it the field proposal of a run with Validate Only, or remove the option to post without approval.',
	});
}

const acceptRateOption: INodeProperties = {
	displayName: 'Accept Rate',
	name: 'acceptRate',
	type: 'boolean',
	default: false,
	description: 'Whether to accept an exchange rate that is more than 25 % away from the currency register of the company',
};

export const acceptVatBaseOption: INodeProperties = {
	displayName: 'Accept VAT Base',
	name: 'acceptVatBase',
	type: 'boolean',
	default: false,
	description:
		'Whether to post lines whose VAT code is not that of their account, so that the VAT return shows their base in another box or in none',
};

export const outcomeTimeoutOption: INodeProperties = {
	displayName: 'Outcome Timeout',
	name: 'outcomeTimeout',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_OUTCOME_TIMEOUT_S,
	description: 'How many seconds to look for an entry in the ledger when Fortnox gave no clear answer to its posting',
};

export const postSideBySideOption: INodeProperties = {
	displayName: 'Post Side by Side',
	name: 'postSideBySide',
	type: 'boolean',
	default: false,
	description: 'Whether to post several entries at once, which is faster but leaves voucher numbers in another order than the items',
};

export const proposalOption: INodeProperties = {
	displayName: 'Proposal',
	name: 'proposal',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.proposal }}',
	description: 'The field proposal of a run with Validate Only: posts only if what would be posted is still exactly that',
};

const rateFromRegisterOption: INodeProperties = {
	displayName: 'Rate From Register',
	name: 'rateFromRegister',
	type: 'boolean',
	default: false,
	description:
		'Whether to take the exchange rate from the currency register of the company, where it is at most 7 days from the date of the entry',
};

const registerRateOption: INodeProperties = {
	displayName: 'Register Rate',
	name: 'registerRate',
	type: 'options',
	options: [
		{ name: 'Buying Rate', value: 'buy' },
		{
			name: 'By the Rows',
			value: 'auto',
			description:
				'The selling rate for what is owed to suppliers or bought, the buying rate for what customers owe or is sold; the larger sum decides',
		},
		{ name: 'Mean of Both', value: 'middle' },
		{ name: 'Selling Rate', value: 'sell' },
	],
	default: 'auto',
	description:
		'Which rate of the currency register Rate From Register takes; Fortnox takes the selling rate for supplier invoices and the buying rate for customer invoices',
};

const residualOption: INodeProperties = {
	displayName: 'Rounding Difference',
	name: 'residual',
	type: 'options',
	options: [
		{
			name: 'Largest Row',
			value: 'largestRow',
			description: 'Into the largest row of a result account, else into one that no statement, VAT return or sub-ledger is compared with',
		},
		{ name: 'Rounding Account', value: 'roundingAccount', description: 'Into a row of its own on the predefined account ROUNDOFF' },
	],
	default: 'largestRow',
	description: 'Where the öre go that converting row by row leaves over',
};

/** By display name, but for what a first try should begin with. */
export const entryOptions: INodeProperties[] = [
	dryRunOption,
	acceptRateOption,
	acceptVatBaseOption,
	rawResponseOption,
	maxWaitOption,
	outcomeTimeoutOption,
	postSideBySideOption,
	proposalOption,
	rateFromRegisterOption,
	registerRateOption,
	residualOption,
	unsupportedCharactersOption,
];
