import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import type { FortnoxVoucherListItem } from '../../fortnox/wire';
import { isObject } from '../../unified/readObject';

/** Only the newest voucher of a series can be deleted in Fortnox, so a few of the newest are enough to remember. */
const MOST_A_SERIES = 5;

/** What a voucher says, in short. */
interface Print {
	/** Of its day, text and reference. */
	head: string;
	/** Of its comments; empty where it has none. */
	comments: string;
}

/**
 * Remembers what the newest vouchers of each series said, to tell a voucher that took over the number of a deleted one.
 * Nothing in a list says when a voucher was made, so one is taken for another where its day, text or reference differs
 * and its comments do too, or both have none: what a person changes in a voucher that the node posted leaves its mark.
 */
export class Prints {
	private readonly bySeries = new Map<string, Map<number, Print>>();

	static fromStored(stored: unknown): Prints {
		const prints = new Prints();
		for (const [series, numbers] of Object.entries(isObject(stored) ? stored : {})) {
			const known = new Map<number, Print>();
			for (const [number, text] of Object.entries(isObject(numbers) ? numbers : {})) {
				const [head = '', comments = ''] = String(text).split(' ');
				known.set(Number(number), { head, comments });
			}
			prints.bySeries.set(series, known);
		}
		return prints;
	}

	toStored(): IDataObject {
		const stored: IDataObject = {};
		for (const [series, known] of this.bySeries) {
			const newest = [...known].sort(([one], [other]) => other - one).slice(0, MOST_A_SERIES);
			stored[series] = Object.fromEntries(newest.map(([number, { head, comments }]) => [number, `${head} ${comments}`]));
		}
		return stored;
	}

	add(voucher: FortnoxVoucherListItem): void {
		const known = this.bySeries.get(voucher.VoucherSeries) ?? new Map<number, Print>();
		this.bySeries.set(voucher.VoucherSeries, known);
		known.set(voucher.VoucherNumber, printOf(voucher));
	}

	remove({ VoucherSeries: series, VoucherNumber: number }: FortnoxVoucherListItem): void {
		this.bySeries.get(series)?.delete(number);
	}

	/** Whether a voucher under this number was another one. False where nothing is remembered of it. */
	tellsAnother(voucher: FortnoxVoucherListItem): boolean {
		const before = this.bySeries.get(voucher.VoucherSeries)?.get(voucher.VoucherNumber);
		if (before === undefined) return false;
		const now = printOf(voucher);
		const hasOtherComments = before.comments !== now.comments || (before.comments === '' && now.comments === '');
		return before.head !== now.head && hasOtherComments;
	}
}

function printOf(voucher: FortnoxVoucherListItem): Print {
	const { Comments: comments, Description: text, ReferenceNumber: reference, ReferenceType: type, TransactionDate: day } = voucher;
	const head = [day, text, type, reference].map((part) => part ?? '').join('\n');
	return { head: shortHash(head), comments: (comments ?? '') === '' ? '' : shortHash(comments ?? '') };
}

function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 6);
}
