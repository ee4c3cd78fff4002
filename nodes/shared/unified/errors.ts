import { FortnoxError } from '../fortnox/errors';
import type { Subject } from '../fortnox/explanations';
import type { ErrorCode } from '../ledger/errorCodes';
import { LedgerError, type Problem } from '../ledger/problems';

/** An error in the unified model's form. */
interface DescribedError {
	message: string;
	error_code: ErrorCode;
	description?: string;
	/** All that is wrong, where more than one thing is. */
	problems?: Array<{ error_code: ErrorCode; field: string | null; message: string }>;
	/** Fortnox's own code and text as they came. */
	fortnox_code?: number;
	fortnox_message?: string;
	http_status?: number;
}

/** The unified code for Fortnox's own, where one fits better than the status does. */
const BY_FORTNOX_CODE: Record<number, ErrorCode> = {
	2000663: 'ERROR_CONNECTOR_AUTHENTICATION',
	2001101: 'ERROR_CONNECTOR_AUTHENTICATION',
	2001103: 'ERROR_CONNECTOR_AUTHENTICATION',
	2000310: 'ERROR_CONNECTOR_AUTHENTICATION',
	2000311: 'ERROR_CONNECTOR_AUTHENTICATION',
	2003275: 'ERROR_CONNECTOR_AUTHENTICATION',
	2001304: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
	2001265: 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE',
};

/** Describes any error. Nothing but texts, codes and field names is taken over, so no request and no token travels in it. */
export function describeError(error: unknown): DescribedError {
	if (error instanceof LedgerError) return { ...ofFortnox(error.cause), ...describeProblems(error.problems) };
	if (error instanceof FortnoxError) return { ...ofFortnox(error), message: error.message, error_code: codeOf(error) };
	return {
		message: error instanceof Error ? error.message : String(error),
		error_code: 'ERROR_UNKNOWN',
	};
}

function describeProblems(problems: readonly Problem[]): DescribedError {
	const [first] = problems;
	if (first === undefined) return { message: 'The input was refused.', error_code: 'ERROR_DATA_VALIDATION' };
	const single = problems.length === 1;
	return {
		message: single ? first.message : `${first.message} (and ${problems.length - 1} more)`,
		error_code: first.code,
		...(!single && { description: problems.map(({ code, message }) => `${message} [${code}]`).join('\n') }),
		problems: problems.map(({ code, field, message }) => ({ error_code: code, field: field ?? null, message })),
	};
}

/** What Fortnox itself said, also where the node found words of its own for it. */
function ofFortnox(error: unknown): Partial<DescribedError> {
	if (!(error instanceof FortnoxError)) return {};
	const { status, fortnoxCode, fortnoxText } = error;
	return {
		description:
			fortnoxText === undefined ? undefined : `Fortnox answered: ${fortnoxText}${fortnoxCode === undefined ? '' : ` (${fortnoxCode})`}`,
		...(status !== undefined && { http_status: status }),
		...(fortnoxCode !== undefined && { fortnox_code: fortnoxCode }),
		...(fortnoxText !== undefined && { fortnox_message: fortnoxText }),
	};
}

/** The unified code for what a refusal is about. */
const BY_SUBJECT: Record<Subject, ErrorCode> = {
	account: 'ERROR_ACCOUNT_NUMBER_NOT_FOUND',
	accountInactive: 'ERROR_ACCOUNT_NUMBER_NOT_ACTIVE',
	costCenterClosed: 'ERROR_ANALYTIC_ACCOUNT_CLOSED',
	dimensionRequired: 'ERROR_ANALYTIC_ACCOUNT_REQUIRED',
	journalNotManual: 'ERROR_JOURNAL_NOT_GOOD_SCOPE',
	periodLocked: 'ERROR_PERIOD_CLOSED',
};

function codeOf({ status, fortnoxCode, outcome, withheldBy, about }: FortnoxError): ErrorCode {
	if (about !== undefined) return BY_SUBJECT[about];
	const known = fortnoxCode === undefined ? undefined : BY_FORTNOX_CODE[fortnoxCode];
	if (known !== undefined) return known;
	if (withheldBy === 'readOnly') return 'ERROR_DATA_VALIDATION';
	if (withheldBy === 'company') return 'ERROR_WRONG_COMPANY';
	if (status === 401 || status === 403 || withheldBy === 'credential') return 'ERROR_CONNECTOR_AUTHENTICATION';
	if (status === 404) return outcome === 'refused' ? 'ERROR_API_RESOURCE_NOT_FOUND' : 'ERROR_FORTNOX_UNAVAILABLE';
	if (status === 429 || withheldBy === 'limit') return 'ERROR_RATE_LIMIT';
	if (outcome === 'cancelled') return 'ERROR_CANCELLED';
	if (status === undefined || status >= 500) return 'ERROR_FORTNOX_UNAVAILABLE';
	return 'UNEXPECTED_FORTNOX_ERROR';
}
