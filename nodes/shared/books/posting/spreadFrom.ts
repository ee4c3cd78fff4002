import { readEntryId } from '../../ledger/formats';
import { keyOfOrigin, type Mark } from '../../ledger/mark';
import { LedgerError } from '../../ledger/problems';
import { readComments } from '../../ledger/readMark';
import type { LedgerEntry } from '../../unified/entryDraft';
import { idOf, type LedgerMarks } from '../marks/ledgerMarks';
import type { MarkedVoucher } from '../marks/knownMarks';
import { filterInTurns, giveWay, setInTurns } from '../../turns';
import type { Look } from './look';
import { fail, isOpen, type Slip } from './slip';
import type { SpreadMarks, Undoing } from './types';

/** Ends the number of the entry that takes a line to the account where it waits for its months (`N/0`). */
const TRANSFER = '/0';

/** How the vouchers are known that an entry, or a line of it, was spread over. */
export function spreadMarksOf(id: string, { comments, rows }: LedgerEntry): SpreadMarks {
	const { mark } = readComments(comments);
	return {
		...(mark?.number !== undefined && { number: mark.number }),
		...(mark !== undefined && mark.number === undefined && { key: mark.key }),
		references: [...rows.map((_, index) => `${id}/${index + 1}`), ...lineOfTransfer(mark)],
	};
}

/**
 * The line that an entry took to the account where it waits for its months, which name the same line: without the
 * transfer they would take from there what never came.
 */
function lineOfTransfer(mark: Mark | undefined): string[] {
	const { number = '', reference = '' } = mark ?? {};
	const [, entry = ''] = /^(.+)\/\d+$/.exec(reference) ?? [];
	return number.endsWith(TRANSFER) && readEntryId(entry).problem === undefined ? [reference] : [];
}

/** The vouchers that were spread from an entry and still have effect, by their ids and numbers. */
export async function spreadFrom(look: Look, { id, date, spread }: Undoing): Promise<Array<{ id: string; name: string }>> {
	const original = readEntryId(id);
	if (original.problem !== undefined) return [];
	// Costs of December that came in January are spread into the year before.
	const candidates = await look.verified(async () =>
		candidatesIn(await look.marksAround(date, original.value.yearId), spread).filter((voucher) => idOf(voucher) !== id),
	);
	const standing: Array<{ id: string; name: string }> = [];
	for (const voucher of candidates.filter((one) => isSpread(voucherText(look, one), one, spread))) {
		const own = idOf(voucher);
		if (look.isEmpty(own) || !(await look.marksOf(voucher)).stands(own)) continue;
		standing.push({ id: own, name: voucher.mark.number === undefined ? own : `${own} (number ${voucher.mark.number})` });
	}
	return standing;
}

function candidatesIn(marks: LedgerMarks, { number, key, references }: SpreadMarks): MarkedVoucher[] {
	const ofLines = references.flatMap((reference) => marks.withReference(reference));
	const ofEntry = number === undefined ? [] : marks.withReference(number).filter(({ mark }) => mark.number?.startsWith(`${number}/`));
	const found = new Map([...ofLines, ...ofEntry].map((voucher) => [idOf(voucher), voucher]));
	if (key === undefined) return [...found.values()];
	for (let position = 1; ; position++) {
		const ofMonth = marks.withKey(keyOfOrigin('spread', `${key}/${position}`));
		if (ofMonth.length === 0) return [...found.values()];
		for (const voucher of ofMonth) found.set(idOf(voucher), voucher);
	}
}

function voucherText(look: Look, voucher: MarkedVoucher): string {
	return look.voucher(idOf(voucher))?.description ?? '';
}

/** Numbers like those of months may be the user's own; the text of a month ends with its place, such as `2/12`. */
function isSpread(text: string, { mark }: MarkedVoucher, { number, references }: SpreadMarks): boolean {
	if (mark.number === undefined || references.includes(mark.reference ?? '')) return true;
	return text.includes(` ${mark.number.slice((number ?? '').length + 1)}/`);
}

/** Months that stay behind would take an amount from where none waits any more; those that the same run reverses do not. */
export async function refuseLeftBehind(slips: readonly Slip[]): Promise<void> {
	const open = await filterInTurns(slips, isOpen);
	const reversed = await setInTurns(open, ({ state }) => state.mark.reverses);
	for (const slip of open) {
		await giveWay();
		const {
			entry: { undoing },
			leaves = [],
			stage,
		} = slip.state;
		const left = leaves.filter(({ id }) => !reversed.has(id));
		if (undoing === undefined || left.length === 0 || (stage === 'found' && !undoing.isCorrected)) continue;
		const what = undoing.isCorrected ? 'correct' : 'reverse';
		fail(
			slip,
			new LedgerError({
				code: 'ERROR_ENTRY_HAS_INVALID_STATUS',
				field: 'journalEntryId',
				message: `journalEntryId: ${undoing.id} is spread over entries that stand: ${left.map(({ name }) => name).join(', ')}. Reverse those first${undoing.isCorrected ? '' : ', or together with it'}; then ${what} ${undoing.id}.`,
			}),
		);
	}
}
