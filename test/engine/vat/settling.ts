import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { EngineResult } from '../../../engine';
import type { CompanyState } from '../../../sandbox';
import { countVouchers, type World } from '../support/world';
import { book, startVatWorld } from './support';

/** VAT periods of 2028 that are settled, in a world of each test's own, which Jest's hooks begin and close. */
export class Settling {
	private open: World | undefined;
	private before = 0;
	private owed = 0;

	constructor() {
		beforeEach(async () => {
			this.open = await startVatWorld();
			this.owed = 0;
		});
		afterEach(async () => await this.open?.close());
	}

	get world(): World {
		if (this.open === undefined) throw new Error('The world has not begun');
		return this.open;
	}

	get company(): CompanyState {
		return this.world.sandbox.company();
	}

	/** Sales excluding VAT by month of 2028; negative: credit notes. */
	readonly sell = (months: Readonly<Record<string, number>>): void => {
		for (const [month, net] of Object.entries(months)) {
			book(this.company, `2028-${month}-10`, [
				[1930, net * 1.25],
				[3001, -net],
				[2611, -net / 4],
			]);
		}
		this.forget();
	};

	/** As a process that knows nothing of what the last one did. */
	readonly forget = (): void => {
		this.world.reconnect();
		this.before = countVouchers(this.world.sandbox);
	};

	readonly added = (): number => countVouchers(this.world.sandbox) - this.before;

	readonly settle = async (period: string, more: INodeParameters = {}, options: Parameters<World['run']>[1] = {}): Promise<EngineResult> =>
		await this.world.run({ resource: 'vatReturn', operation: 'settle', period, journalId: 'A', ...more }, options);

	readonly settled = async (period: string, more: INodeParameters = {}): Promise<IDataObject> => {
		const result = await this.settle(period, more);
		expect(result.error?.message).toBeUndefined();
		expect(result.json()[0]).not.toHaveProperty('already_posted');
		this.forget();
		return result.json()[0] ?? {};
	};

	/** Settling is refused and names these; nothing is posted, and Validate Only says the same. */
	readonly refused = async (period: string, ...named: unknown[]): Promise<void> => {
		for (const options of [{ acceptChecks: true }, { dryRun: true }]) {
			const { error } = await this.settle(period, { options });
			expect(error?.context?.error_code).toBe('ERROR_VAT_CHECKS_FAILED');
			expect(error?.message).toMatch(/^period: .* shares days with what is settled already/);
			for (const name of named) expect(error?.message).toContain(String(name));
		}
		this.forget();
		expect(this.onAccount(2650)).toBe(this.owed);
	};

	readonly owes = (kronor: number): void => {
		this.owed = 0 - kronor;
		expect(this.onAccount(2650)).toBe(this.owed);
	};

	readonly reverse = async (id: unknown, date?: string): Promise<string> => {
		const day = date === undefined ? {} : { date };
		const result = await this.world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(id), ...day });
		expect(result.error).toBeUndefined();
		this.forget();
		return String(result.json()[0]?.id);
	};

	/** What an account holds by the tests' entries, in kronor; debit positive. */
	readonly onAccount = (account: number): number => {
		const rows = this.company
			.vouchers()
			.filter(({ date }) => date >= '2027-01-01')
			.flatMap((voucher) => voucher.rows);
		return rows.reduce((sum, row) => (row.account === account ? sum + row.debit - row.credit : sum), 0) / 100;
	};
}
