import { stockholmMinute } from '../../company/clock';
import type { CompanyState } from '../../company/company';
import type { SandboxRow } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import type { Settings } from '../../settings';
import { PlaceholderRefusal, Refusal, toSek, type Answer } from '../wire/answer';
import { isRecord, readFields, readWrapped, type Fields, type FieldSpecs } from '../wire/fields';
import { created, requestedYear, type RouteContext } from '../wire/route';
import { checkDate, checkDimensions, manualSeries, usableAccount } from './rules';
import { single } from './wire';

const VOUCHER_SPECS: FieldSpecs = {
	VoucherSeries: { type: 'text', required: true, max: 10 },
	TransactionDate: { type: 'date', required: true },
	Description: { type: 'text', required: true, max: 200 },
	Comments: { type: 'text', max: 1000 },
	CostCenter: { type: 'text' },
	Project: { type: 'text' },
	VoucherRows: { type: 'rows', required: true },
	ReferenceNumber: { type: 'text', readOnly: true },
	ReferenceType: { type: 'text', readOnly: true },
	VoucherNumber: { type: 'integer', readOnly: true },
	Year: { type: 'integer', readOnly: true },
	ApprovalState: { type: 'integer', readOnly: true },
};

const ROW_SPECS: FieldSpecs = {
	Account: { type: 'integer', required: true, min: 1000, max: 9999 },
	Debit: { type: 'amount' },
	Credit: { type: 'amount' },
	CostCenter: { type: 'text' },
	Project: { type: 'text' },
	Description: { type: 'text', max: 200 },
	TransactionInformation: { type: 'text', max: 100 },
	Quantity: { type: 'number' },
	Removed: { type: 'boolean', readOnly: true },
};

/** Where and when a voucher is to be booked. */
interface Booking {
	date: string;
	year: SandboxYear;
	company: CompanyState;
	settings: Settings;
}

/** Everything that Fortnox checks about one row, except the sums. */
function readRow(input: unknown, { date, year, company, settings }: Booking): SandboxRow {
	if (!isRecord(input)) throw new Refusal(400, 2001392, 'Ingen eller felaktig typ av data.');
	const fields = readFields(input, ROW_SPECS, 'create', settings);
	const account = usableAccount(year, fields.number('Account') ?? 0);
	const debit = fields.number('Debit') ?? 0;
	const credit = fields.number('Credit') ?? 0;
	if (debit !== 0 && credit !== 0) throw new PlaceholderRefusal('debitAndCredit');
	if (debit === 0 && credit === 0 && settings.zeroRows === 'refuse') throw new PlaceholderRefusal('invalidAmount', 0);
	if (Math.min(debit, credit) < 0 && settings.negativeAmounts === 'refuse') {
		throw new PlaceholderRefusal('invalidAmount', toSek(Math.min(debit, credit)));
	}
	const costCenter = fields.text('CostCenter') ?? account.costCenter ?? '';
	const project = fields.text('Project') ?? account.project ?? '';
	checkDimensions(account, { costCenter, project, date }, company);
	return {
		account: account.number,
		debit,
		credit,
		costCenter,
		project,
		description: fields.text('Description') ?? null,
		transactionInformation: fields.text('TransactionInformation') ?? '',
		quantity: fields.number('Quantity') ?? null,
		removed: false,
		added: false,
		changedBy: null,
	};
}

function readRows(fields: Fields, booking: Booking): SandboxRow[] {
	const { maxVoucherRows } = booking.settings;
	const inputs = fields.rows('VoucherRows');
	if (inputs.length < 2) throw new PlaceholderRefusal('tooFewRows');
	if (maxVoucherRows !== null && inputs.length > maxVoucherRows) throw new PlaceholderRefusal('tooManyRows', inputs.length);
	const rows = inputs.map((input) => readRow(input, booking));
	const difference = rows.reduce((sum, row) => sum + row.debit - row.credit, 0);
	if (difference !== 0) throw new PlaceholderRefusal('notBalanced', toSek(difference));
	return rows;
}

export function create(context: RouteContext): Answer {
	const { company, settings, now, query } = context;
	const fields = readWrapped(context, 'Voucher', VOUCHER_SPECS, 'create');
	const date = fields.text('TransactionDate') ?? '';
	// Without a year in the query the date decides, also where it lies in an older year (a library's live tests).
	const isYearGiven = query.financialyear !== undefined || query.financialyeardate !== undefined;
	const year = isYearGiven ? requestedYear(context) : company.yearOf(date);
	if (!year) throw new PlaceholderRefusal('dateOutsideYear', date);
	const series = manualSeries(year, fields.text('VoucherSeries') ?? '');
	checkDate(date, year, company);
	const rows = readRows(fields, { date, year, company, settings });
	const voucher = year.book(
		{
			series: series.code,
			number: 0,
			yearId: year.id,
			date,
			description: fields.text('Description') ?? '',
			comments: fields.text('Comments') ?? null,
			costCenter: fields.text('CostCenter') ?? '',
			project: fields.text('Project') ?? '',
			referenceNumber: '',
			referenceType: settings.manualReferenceType,
			approvalState: series.approver ? settings.newVoucherApproval : 0,
			rows,
			createdAt: now,
			modifiedMinute: stockholmMinute(now),
		},
		series,
	);
	return created('vouchers', single(voucher, year, context));
}
