import { formatOre, type Ore } from '../money';
import { checkRates } from './checkRates';
import { findOneSided } from './oneSided';
import { VAT_GROUPS } from './places';
import { normalizedVatCode, VAT_RATES, VAT_TABLE, type VatBox } from './table';
import { periodInText, settlementsInPeriod, sumsOf, wantedOf } from './settlement';
import type { VatReturn } from './vatReturn';

/** Something in a VAT return that an accountant has to look at. */
export interface VatFinding {
	check:
		| 'base_without_vat'
		| 'vat_without_base'
		| 'vat_rate'
		| 'reverse_charge_one_sided'
		| 'reverse_charge_partly_deducted'
		| 'dormant_vat'
		| 'vat_account_without_box'
		| 'settlement_with_base'
		| 'closing_with_vat'
		| 'earlier_period_not_settled'
		| 'settlement_account_not_cleared';
	/** An error makes the return wrong; a warning may be right. */
	severity: 'error' | 'warning';
	message: string;
	box?: VatBox;
	account?: number;
	/** In öre. */
	amount: Ore;
	/** Ids of entries that show it. */
	entries: string[];
}

/** What is wrong with a return, or may be. Pure. */
export function checkVatReturn(figures: VatReturn): VatFinding[] {
	return [
		...findRates(figures),
		...findOneSided(figures),
		...findDormant(figures),
		...findWithoutBox(figures),
		...findMixedSettlements(figures),
		...findClosingWithVat(figures),
		...findUnsettled(figures),
		...findUncleared(figures),
	];
}

/** How many entries a message explains. */
const MOST_EXPLAINED = 3;

/** What is wrong in all, with the entries that are wrong by themselves, where some are: they tell what kind of fault it is. */
function findRates({ entries }: VatReturn): VatFinding[] {
	const problems = checkRates(entries.flatMap(({ rows }) => rows));
	if (problems.length === 0) return [];
	const wrong = entries.flatMap(({ id, rows }) => checkRates(rows).map((problem) => ({ id, ...problem })));
	return problems.map(({ check, box, amount, message }): VatFinding => {
		const causes = wrong.filter((cause) => groupOf(cause.box) === groupOf(box));
		const kinds = new Set(causes.map((cause) => cause.check));
		const [kind = check] = kinds;
		const why = causes.slice(0, MOST_EXPLAINED).map((cause) => ` ${cause.id}: ${cause.message}`);
		const ids = [...new Set(causes.map(({ id }) => id))];
		return { check: kinds.size === 1 ? kind : check, severity: 'error', box, amount, message: message + why.join(''), entries: ids };
	});
}

function groupOf(box: VatBox): string | undefined {
	return VAT_GROUPS.find(({ bases, owed }) => bases.includes(box) || VAT_RATES.some((rate) => owed[rate] === box))?.name;
}

/** BAS's accounts of VAT that is not due yet: 2618, 2628 and 2638 of sales, 2648 of purchases. */
const isDormant = (account: number): boolean => [2618, 2628, 2638, 2648].includes(account);

/** VAT that waits for its payment must not be declared; an account of BAS's for it that feeds a box declares it. */
function findDormant({ accounts }: VatReturn): VatFinding[] {
	return accounts.flatMap(({ account, box, amount, entries }): VatFinding[] => {
		if (box === undefined || amount === 0 || !isDormant(account)) return [];
		const where = `${account} is BAS's account of dormant VAT, which is not due yet, and ${formatOre(amount)} of it is in box ${box}.`;
		const message = `${where} Where it is not due, give the account in Fortnox a VAT code that feeds no box.`;
		return [{ check: 'dormant_vat', severity: 'warning', box, account, amount, message, entries }];
	});
}

/** Accounts of VAT that no box wants. Those with a code of the company's own are its own business. */
function findWithoutBox({ unmapped }: VatReturn): VatFinding[] {
	return unmapped.flatMap(({ account, code, amount, entries }): VatFinding[] => {
		if (amount === 0) return [];
		const found = { check: 'vat_account_without_box' as const, account, amount, entries };
		if (code === '') {
			const message = `${account} is an account of VAT without a VAT code, and BAS has no box for it: ${formatOre(amount)} is in no box. Give the account a VAT code in Fortnox, unless the VAT is not due yet.`;
			return [{ ...found, severity: 'warning', message }];
		}
		// A known code without a box is one of several rates, on an account whose number tells none.
		if (!VAT_TABLE.has(normalizedVatCode(code))) return [];
		const message = `${account} has the VAT code ${code}, which stands for several rates, and its number tells none: ${formatOre(amount)} is in no box. Use an account of 2610–2639.`;
		return [{ ...found, severity: 'error', message }];
	});
}

function findMixedSettlements({ leftOut }: VatReturn): VatFinding[] {
	return leftOut
		.filter(({ beside }) => beside.length > 0)
		.map(({ id, beside }): VatFinding => {
			const accounts = [...new Set(beside.map(({ account }) => account))].join(', ');
			const amount = beside.reduce((sum, row) => sum + row.amount, 0);
			const what = `${id} has a row on the account of the settlement, so that it is left out, and rows on ${accounts}:`;
			const advice = 'Book them in an entry of their own, and a payment over the tax account against 1630.';
			const message = `${what} they and their VAT are missing in the return. ${advice}`;
			return { check: 'settlement_with_base', severity: 'error', amount, message, entries: [id] };
		});
}

/** Entries that close the year with VAT in them, such as the voucher of the annual accounts that has a late purchase, too. */
function findClosingWithVat({ leftOut }: VatReturn): VatFinding[] {
	return leftOut.flatMap(({ id, because, rows }): VatFinding[] => {
		const ofVat = [...sumsOf([{ id, date: '', rows }])].filter(([, amount]) => Math.abs(amount) >= KRONA);
		if (because !== 'closing' || ofVat.length === 0) return [];
		const accounts = ofVat.map(([account]) => account).join(', ');
		const amount = ofVat.reduce((sum, [, moved]) => sum + moved, 0);
		const message = `${id} closes the year (8990–8999), so that it is left out, and has rows on ${accounts}: their VAT, and what it is VAT on, are missing in the return. Book them in an entry of their own.`;
		return [{ check: 'closing_with_vat', severity: 'error', amount, message, entries: [id] }];
	});
}

/** Settled in whole kronor, accounts keep their öre. */
const KRONA: Ore = 100;

/** VAT of earlier periods that was neither settled before the period nor in it. */
function findUnsettled(figures: VatReturn): VatFinding[] {
	const [settlements, own] = [settlementsInPeriod(figures).map((entry) => sumsOf([entry])), wantedOf(figures)];
	return [...figures.vatBefore]
		.sort(([one], [other]) => one - other)
		.flatMap(([account, stood]): VatFinding[] => {
			if (stood === 0) return [];
			const settled = settlements.map((moved) => moved.get(account) ?? 0);
			const amount = stood + earlierOf(stood, settled, own.get(account) ?? 0);
			const [isSettled, isLeft] = [amount !== stood, Math.sign(amount) === Math.sign(stood) && Math.abs(amount) >= KRONA];
			if (isSettled && !isLeft) return [];
			const left = isSettled ? `, and settlements in the period emptied at most ${formatOre(Math.abs(amount - stood))} of it` : '';
			const message = `${account} stood at ${formatOre(stood)} when the period began${left}: an earlier period was not settled, or got entries after it was.`;
			return [{ check: 'earlier_period_not_settled', severity: 'warning', account, amount, message, entries: [] }];
		});
}

/** Of what was settled in the period: what may be of earlier ones, and is not just what the period itself moved. */
function earlierOf(stood: Ore, settled: readonly Ore[], own: Ore): Ore {
	const sum = settled.filter((amount) => amount !== own || amount === -stood).reduce((all, amount) => all + amount, 0);
	return Math.sign(sum) === Math.sign(stood) ? 0 : sum;
}

/** A settlement of an earlier period that was neither paid nor taken back before the period ended, as far as that is booked. */
function findUncleared(figures: VatReturn): VatFinding[] {
	const takenBack = takenBackOf(figures);
	return [...figures.settlementBefore].flatMap(([account, stood]): VatFinding[] => {
		const amount = stood + (figures.paid.get(account) ?? 0) + (takenBack.get(account) ?? 0);
		if (stood === 0 || amount === 0) return [];
		const message = `${account} stood at ${formatOre(stood)} when the period began, and at its end ${formatOre(amount)} of it is still there: the settlement of an earlier period is not paid yet, or its payment is not booked.`;
		return [{ check: 'settlement_account_not_cleared', severity: 'warning', account, amount, message, entries: [] }];
	});
}

/** What entries that take earlier settlements back, or correct them, moved on the accounts of the settlement. */
function takenBackOf(figures: VatReturn): Map<number, Ore> {
	const own = wantedOf(figures);
	const settlesOwn = ([account, amount]: [number, Ore]): boolean => Math.sign(amount) === Math.sign(own.get(account) ?? 0);
	const sums = new Map<number, Ore>();
	for (const entry of settlementsInPeriod(figures)) {
		if (periodInText(entry.text) !== undefined || [...sumsOf([entry])].some(settlesOwn)) continue;
		for (const { account, place, amount } of entry.rows) {
			if (place.kind === 'settlement') sums.set(account, (sums.get(account) ?? 0) + amount);
		}
	}
	return sums;
}
