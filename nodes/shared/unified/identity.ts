import { digestInSteps } from '../ledger/mark';
import type { DraftLine, EntryDraft } from './entryDraft';

/**
 * What the digest of an entry covers: what the user gave, and nothing that the node fills in, so that the same input
 * has the same digest tomorrow. Each version's shape is written out field by field and never changes, because digests
 * stand in users' books: a new field of `EntryDraft` that changes what is booked needs a new version here.
 *
 * Absent fields count as not there (`digestOf`). The day of Reverse On is no part of it: it stands in the mark itself.
 */
function shapeOfVersion1(draft: EntryDraft, rateFromRegister: boolean): object {
	return {
		kind: draft.kind,
		journalId: draft.journalId,
		date: draft.dateDefaulted ? null : draft.date,
		currency: draft.currency,
		rate: draft.rate ?? (draft.currency !== 'SEK' && rateFromRegister ? 'register' : null),
		description: draft.description,
		reference: draft.reference,
		comments: draft.comments,
		lines: draft.lines.map(lineOfVersion1),
		counterpart: draft.counterpart,
	};
}

function lineOfVersion1({ tax, ...line }: DraftLine): object {
	return {
		accountType: line.accountType,
		account: line.account,
		partnerId: line.partnerId,
		amount: line.amount,
		description: line.description,
		costCenters: line.costCenters.map(({ code, percentage }) => ({ code, percentage })),
		projects: line.projects.map(({ code, percentage }) => ({ code, percentage })),
		taxCode: line.taxCode,
		tax: tax && {
			code: tax.code,
			amount: tax.amount,
			account: tax.account,
			reversedAccount: tax.reversedAccount,
			description: tax.description,
		},
		quantity: line.quantity,
	};
}

/** Version 1, and what 0.1 had no field for. */
function shapeOfVersion2(draft: EntryDraft, rateFromRegister: boolean): object {
	return {
		...shapeOfVersion1(draft, rateFromRegister),
		accrualAccount: draft.accrualAccount,
		balancingAccount: draft.balancingAccount,
		lines: draft.lines.map((line) => ({ ...lineOfVersion1(line), gross: line.tax?.gross, period: line.period })),
	};
}

/** Whether version 0.1 could have posted the entry: nothing of it is newer. */
export function isOfVersion1({ accrualAccount, balancingAccount, lines }: EntryDraft): boolean {
	return (
		accrualAccount === undefined &&
		balancingAccount === undefined &&
		lines.every(({ tax, period }) => tax?.gross === undefined && period === undefined)
	);
}

/**
 * The digest by the oldest version whose shape holds all of the entry: what 0.1 could post has the same digest in every
 * version, so that processes of different versions know each other's entries. In small steps.
 *
 * @param rateFromRegister the rate was left to the company's currency register
 */
export function* digestOfDraft(draft: EntryDraft, rateFromRegister: boolean): Generator<undefined, string> {
	const isOld = isOfVersion1(draft);
	yield;
	const shape = isOld ? shapeOfVersion1(draft, rateFromRegister) : shapeOfVersion2(draft, rateFromRegister);
	yield;
	return yield* digestInSteps(isOld ? '1' : '2', shape);
}
