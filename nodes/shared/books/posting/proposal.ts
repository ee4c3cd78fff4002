import { createHash, randomUUID } from 'node:crypto';
import { formatOre } from '../../ledger/money';
import { hash } from '../../ledger/mark';
import type { VoucherDraft, VoucherRow } from '../../unified/entryDraft';
import { LedgerError } from '../../ledger/problems';
import { unlessNotAllowed } from '../../fortnox/tolerate';
import type { Run } from '../../n8n/run';
import { filterInTurns, flatMapInTurns, giveWay, groupedInTurns, mapInTurns } from '../../turns';
import { fileHash } from './attachments';
import { proposedVoucher } from './following';
import { readProposal, writeProposal, type Sealed, type SealedEntry } from './sealed';
import { fail, isOpen, isPlaced, leadersAmong, type Leaders, type OpenSlip, type Slip } from './slip';
import type { ReadyEntry } from './types';

/** Of more rows than this, only a hash is sealed: it shows that rows differ, and not which. */
const MOST_ROWS = 100;

/**
 * Seals what would be posted (Validate Only), and compares what is about to be posted with the proposal that was
 * approved. All entries that an input item makes are sealed together, also those that are in the ledger by now, so that
 * a run that was broken off goes on under the same proposal, and a workflow that is run again finds one.
 */
export async function sealOrCompare(run: Run, slips: readonly Slip[]): Promise<void> {
	const leaders = await leadersAmong(slips);
	for (const group of (await groupedInTurns(await filterInTurns(slips, isOpen), ({ items }) => items[0] ?? 0)).values()) {
		await giveWay();
		const absent = await filterInTurns(group, isPlaced);
		const { dryRun, proposal } = group[0]?.state.entry.options ?? { dryRun: false };
		if (!dryRun && (proposal === undefined || absent.length === 0)) continue;
		const sealed = await seal(run, group, leaders, !dryRun);
		const [written, error] = dryRun ? [writeProposal(sealed)] : [undefined, objection(proposal ?? '', sealed)];
		for (const slip of dryRun ? group : absent) {
			if (error !== undefined) fail(slip, error);
			if (written !== undefined) slip.state.proposal = written;
		}
	}
}

async function seal(run: Run, group: readonly OpenSlip[], leaders: Leaders, fresh: boolean): Promise<Sealed> {
	const locked = await unlessNotAllowed(run.fortnox.lockedPeriod({ fresh }), () => undefined);
	const a: Sealed['a'] = {};
	for (const year of new Set(group.map(({ state }) => state.year.Id))) {
		const chart = await unlessNotAllowed(run.fortnox.chart(year, { fresh }), () => undefined);
		const ofYear = group.filter(({ state }) => state.year.Id === year);
		const used = new Set(await flatMapInTurns(ofYear, ({ state }) => state.entry.voucher.rows.map(({ account }) => account)));
		for (const { Number: number, Description, VATCode, Active } of chart ?? []) {
			if (used.has(number)) a[`${year}/${number}`] = `${Description}, VAT code ${VATCode || 'none'}${Active ? '' : ', not active'}`;
		}
	}
	const e = await sealedEntries(group, leaders);
	return {
		c: run.fortnox.tenantId,
		e,
		a: typeof e === 'string' ? { all: hash(JSON.stringify(a), 16) } : a,
		l: locked?.EndDate ?? '',
		...(group.some(({ state }) => !state.entry.lasting) && { i: randomUUID() }),
	};
}

async function sealedEntries(group: readonly OpenSlip[], leaders: Leaders): Promise<Sealed['e']> {
	let rows = 0;
	for (const { state } of group) {
		rows += proposedVoucher(state, leaders).rows.length;
		await giveWay();
	}
	const sealedOf = ({ state }: OpenSlip): SealedEntry => sealedEntry(state.entry, proposedVoucher(state, leaders));
	return rows > MOST_ROWS ? await hashOf(group, sealedOf) : await mapInTurns(group, sealedOf);
}

/** The hash of the entries' JSON, entry by entry: that of 100,000 takes longer than others should wait, and much memory. */
async function hashOf(group: readonly OpenSlip[], sealedOf: (slip: OpenSlip) => SealedEntry): Promise<string> {
	const sum = createHash('sha256');
	let before = '[';
	for (const slip of group) {
		sum.update(`${before}${JSON.stringify(sealedOf(slip))}`, 'utf8');
		before = ',';
		await giveWay();
	}
	return sum.update(']').digest('hex').slice(0, 32);
}

function sealedEntry({ mark, attachment, proposedText }: ReadyEntry, voucher: VoucherDraft): SealedEntry {
	return {
		s: voucher.journalId ?? '',
		d: voucher.date,
		n: mark.number ?? '',
		t: proposedText ?? voucher.description,
		k: voucher.comments ?? '',
		// A reversal's is the id of what it reverses, which need not be posted yet.
		...(mark.reverses === undefined && mark.reference !== undefined && { x: mark.reference }),
		...(attachment && { f: `${attachment.name} ${fileHash(attachment.content)}` }),
		r: voucher.rows.map(sealedRow),
	};
}

function sealedRow({ account, amount, costCenter = '', project = '', information = '', quantity }: VoucherRow): SealedEntry['r'][number] {
	if (quantity === undefined) return [account, amount, costCenter, project, information];
	return [account, amount, costCenter, project, information, `quantity ${quantity}`];
}

/** Why what would be posted is not what was proposed. */
function objection(text: string, now: Sealed): LedgerError | undefined {
	const then = readProposal(text);
	if (then === undefined) {
		return new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			field: 'proposal',
			message: "proposal: this is not a whole proposal. Pass on the field 'proposal' of a run with Validate Only as it is.",
		});
	}
	const differences = differencesBetween(then, now);
	if (differences.length === 0) return undefined;
	return new LedgerError({
		code: 'ERROR_PROPOSAL_CHANGED',
		field: 'proposal',
		message: `proposal: what would be posted is not what was proposed, so nothing was posted: ${differences.join('; ')}. Run with Validate Only again, and have the new proposal approved.`,
	});
}

function differencesBetween(then: Sealed, now: Sealed): string[] {
	const accounts = [...new Set([...Object.keys(then.a), ...Object.keys(now.a)])].filter((key) => then.a[key] !== now.a[key]);
	return [
		...changed('the company', String(then.c), String(now.c)),
		...differencesOfEntries(then.e, now.e),
		...accounts
			.filter((key) => then.a[key] !== undefined && now.a[key] !== undefined)
			.flatMap((key) => changed(`account ${key.split('/')[1] ?? ''}`, then.a[key] ?? '', now.a[key] ?? '')),
		...changed('the last locked day', then.l || 'none', now.l || 'none'),
	];
}

function differencesOfEntries(then: Sealed['e'], now: Sealed['e']): string[] {
	if (typeof then === 'string' || typeof now === 'string')
		return JSON.stringify(then) === JSON.stringify(now) ? [] : ['the entries differ'];
	if (then.length !== now.length) return [`there were ${then.length} entries and are ${now.length}`];
	return now.flatMap((entry, index) => {
		const before = then[index];
		if (before === undefined) return [];
		const name = now.length > 1 ? ` of entry ${index + 1}` : '';
		const rows = Array.from({ length: Math.max(before.r.length, entry.r.length) }, (_, row) =>
			changed(`row ${row + 1}${name}`, rowText(before.r[row]), rowText(entry.r[row])),
		);
		return [
			...changed(`the journal${name}`, before.s, entry.s),
			...changed(`the date${name}`, before.d, entry.d),
			...changed(`the number${name}`, before.n, entry.n),
			...changed(`the text${name}`, before.t, entry.t),
			...changed(`the comment${name}`, before.k, entry.k),
			...changed(`the reference${name}`, before.x ?? '', entry.x ?? ''),
			...changed(`the file${name}`, before.f ?? '', entry.f ?? ''),
			...rows.flat(),
		];
	});
}

function rowText(row: SealedEntry['r'][number] | undefined): string {
	if (row === undefined) return 'none';
	const [account, amount, ...texts] = row;
	return [`${account} ${formatOre(amount)}`, ...texts.filter((text) => text !== '')].join(' ');
}

function changed(what: string, then: string, now: string): string[] {
	return then === now ? [] : [`${what} was ${then || 'empty'} and is ${now || 'empty'}`];
}
