import type { INodeParameters } from 'n8n-workflow';

import { readComments } from '../../nodes/shared/ledger/readMark';
import type { SandboxVoucher } from '../../sandbox';
import { entry, linesOf } from '../engine/support/entry';
import { stopAtRequest } from '../engine/support/stopAt';
import { COMPANY, type World } from '../engine/support/world';

/** What is done to the ledger. `which` chooses among the vouchers that are there. */
export type Step =
	| { do: 'post'; number: number; amount: number }
	| { do: 'reverse'; which: number }
	| { do: 'correct'; which: number; amount: number }
	| { do: 'delete' }
	| { do: 'edit'; which: number; before: boolean }
	| { do: 'newProcess' };

export interface Turn {
	step: Step;
	/** The execution is killed at this request, and run again. */
	killedAt?: number;
	/** How often the step is repeated once it is done. */
	repeats: number;
}

interface ModelVoucher {
	/** Voucher number in series A. */
	at: number;
	/** The entry's own number; a reversal has none. */
	number?: string;
	/** In SEK, on 1930. */
	amount: number;
	reverses?: number;
	corrects?: number;
}

const YEAR = 4;

/** A small ledger that does what docs/exactly-once.md says, and nothing else. */
export class LedgerModel {
	private vouchers: ModelVoucher[] = [];

	private readonly first: number;

	constructor(
		private readonly world: World,
		private readonly name: string,
	) {
		this.first = this.booked().at(-1)?.number ?? 0;
	}

	/** Does a step in the world and in the model. @returns both ledgers, to be compared */
	async take({ step, killedAt, repeats }: Turn): Promise<{ is: string[]; shouldBe: string[] }> {
		const parameters = this.parametersOf(step);
		if (parameters === undefined) this.doByHand(step);
		else {
			if (killedAt !== undefined) {
				this.world.reconnect();
				await stopAtRequest(this.world, killedAt, parameters);
			}
			const wants = this.apply(step);
			for (let time = 0; time <= repeats; time++) {
				const { error } = await this.world.run(parameters);
				if ((error === undefined) !== wants)
					throw new Error(`${JSON.stringify(step)} ${wants ? 'failed' : 'was not refused'}: ${error?.message ?? ''}`);
			}
		}
		return { is: this.ledger(), shouldBe: this.vouchers.map(shown) };
	}

	private parametersOf(step: Step): INodeParameters | undefined {
		if (step.do === 'post')
			return entry({ number: this.numberOf(step.number), description: this.numberOf(step.number), linesJson: linesOf(step.amount) });
		const voucher = 'which' in step ? this.chosen(step) : undefined;
		if (voucher === undefined) return undefined;
		const journalEntryId = `A-${voucher.at}-${YEAR}`;
		if (step.do === 'reverse') return { resource: 'journalEntry', operation: 'reverse', journalEntryId };
		if (step.do !== 'correct') return undefined;
		return entry({ operation: 'correct', journalEntryId, description: voucher.number ?? '', linesJson: linesOf(step.amount) });
	}

	private numberOf(index: number): string {
		return `${this.name}-${index}`;
	}

	/** Only entries are corrected. */
	private chosen({ which, ...step }: Extract<Step, { which: number }>): ModelVoucher | undefined {
		const candidates = step.do === 'correct' ? this.vouchers.filter(({ number }) => number !== undefined) : this.vouchers;
		return candidates[which % Math.max(1, candidates.length)];
	}

	/** @returns whether it succeeds */
	private apply(step: Step): boolean {
		if (step.do === 'post') return this.post(this.numberOf(step.number), step.amount);
		const voucher = 'which' in step ? this.chosen(step) : undefined;
		if (voucher === undefined) return true;
		if (step.do === 'reverse') this.reverse(voucher);
		return step.do !== 'correct' || this.correct(voucher, step.amount);
	}

	private post(number: string, amount: number): boolean {
		const there = this.vouchers.filter((voucher) => voucher.number === number);
		if (there.some((voucher) => voucher.amount === amount)) return true;
		if (there.some((voucher) => this.stands(voucher))) return false;
		this.add({ number, amount, ...(there.length > 0 && { corrects: there.at(-1)?.at }) });
		return true;
	}

	private reverse(voucher: ModelVoucher): void {
		if (this.stands(voucher)) this.add({ amount: -voucher.amount, reverses: voucher.at });
	}

	private correct(voucher: ModelVoucher, amount: number): boolean {
		const there = this.vouchers.filter(({ number }) => number === voucher.number);
		const same = there.filter((other) => other.amount === amount);
		const own = same.filter(({ corrects }) => corrects === voucher.at);
		// A correction may go back to what was booked before, and was taken back.
		const candidates = own.length > 0 ? own : same.filter((other) => other === voucher || this.stands(other));
		const best = candidates.find((other) => this.stands(other)) ?? candidates[0];
		if (best !== undefined && best.corrects !== voucher.at) return false;
		if (best === undefined && there.some((other) => other !== voucher && this.stands(other))) return false;
		this.reverse(voucher);
		if (best === undefined) this.add({ number: voucher.number, amount, corrects: voucher.at });
		return true;
	}

	private stands({ at }: ModelVoucher): boolean {
		return !this.vouchers.some((other) => other.reverses === at && this.stands(other));
	}

	private add(voucher: Omit<ModelVoucher, 'at'>): void {
		this.vouchers.push({ at: (this.vouchers.at(-1)?.at ?? this.first) + 1, ...voucher });
	}

	/** What people do in Fortnox, and a process that ends. */
	private doByHand(step: Step): void {
		const company = this.world.sandbox.company(COMPANY);
		if (step.do === 'newProcess') this.world.reconnect();
		if (step.do === 'delete' && this.vouchers.pop() !== undefined) {
			const newest = company.year(YEAR).vouchersOf('A').at(-1);
			if (newest) company.year(YEAR).unbook(newest);
		}
		const chosen = step.do === 'edit' ? this.chosen(step) : undefined;
		const voucher = chosen && company.voucher('A', chosen.at, YEAR);
		if (step.do !== 'edit' || voucher === undefined) return;
		company.editVoucher(voucher, (edited) => {
			edited.comments = step.before ? `Granskad\n${edited.comments ?? ''}` : `${edited.comments ?? ''} Granskad`;
		});
	}

	private booked(): readonly SandboxVoucher[] {
		return this.world.sandbox.company(COMPANY).year(YEAR).vouchersOf('A');
	}

	private ledger(): string[] {
		return this.booked()
			.filter(({ number }) => number > this.first)
			.map(({ number: at, rows, comments }) => {
				const { mark } = readComments(comments);
				const bank = rows.find(({ account }) => account === 1930);
				return shown({
					at,
					number: mark?.number,
					amount: ((bank?.debit ?? 0) - (bank?.credit ?? 0)) / 100,
					reverses: placeIn(mark?.reverses),
					corrects: placeIn(mark?.corrects),
				});
			});
	}
}

function placeIn(id: string | undefined): number | undefined {
	return id === undefined ? undefined : Number(id.split('-')[1]);
}

function shown({ at, number, amount, reverses, corrects }: ModelVoucher): string {
	return [`A${at}`, number, amount, reverses && `reverses A${reverses}`, corrects && `corrects A${corrects}`].filter(Boolean).join(' ');
}
