import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { EngineResult, RunNodeOptions } from '../../../../engine';
import { countVouchers, startWorld, type World } from '../../support/world';

/** A sheet: its headings, and the rows below them. */
export function sheet(headings: string, ...rows: unknown[][]): IDataObject[] {
	return rows.map((row) => Object.fromEntries(headings.split(';').map((heading, index) => [heading, row[index] ?? ''])) as IDataObject);
}

/** Parameters of a financial entry of such rows. */
export const BANK: INodeParameters = { resource: 'financialEntry', financialCounterpartAccount: '1930' };
/** Parameters that have the bank take the rest. */
export const BALANCED: INodeParameters = { additionalFields: { balancingAccount: '1930' } };
export const DRY: INodeParameters = { options: { dryRun: true } };

/** What n8n's node has beside its parameters. */
type NodeSettings = Pick<RunNodeOptions, 'executeOnce' | 'onError'>;

/** Posts sheets in a world of their own, which Jest's hooks begin and close. */
export class Desk {
	private world: World | undefined;
	private before = 0;
	private numbers = 0;

	constructor() {
		beforeAll(async () => {
			this.world = await startWorld();
		});
		beforeEach(() => {
			this.open.reconnect();
			this.before = countVouchers(this.open.sandbox);
		});
		afterAll(async () => await this.world?.close());
	}

	private get open(): World {
		if (this.world === undefined) throw new Error('The world has not begun');
		return this.world;
	}

	/** Makes one entry of all rows, unless the parameters say otherwise. */
	async post(input: RunNodeOptions['input'], more: INodeParameters = {}, node: NodeSettings = {}): Promise<EngineResult> {
		const entry: INodeParameters = { resource: 'journalEntry', operation: 'create', journalId: 'API', date: '2026-10-05' };
		const fromItems: INodeParameters = { number: `SHEET-${++this.numbers}`, linesSource: 'inputItems', allItems: true };
		return await this.open.run({ ...entry, ...fromItems, ...more }, { input, ...node });
	}

	/** How many vouchers this test has added. */
	added(): number {
		return countVouchers(this.open.sandbox) - this.before;
	}

	/** What the ledger holds of the one entry of a run, in kronor: + debit, − credit. */
	booked(result: EngineResult): Array<[number, number]> {
		expect(result.error?.message).toBeUndefined();
		const [item] = result.json();
		const stored = this.open.sandbox.company().year(4).voucher(String(item?.voucher_series), Number(item?.voucher_number));
		return (stored?.rows ?? []).map(({ account, debit, credit }) => [account, (debit - credit) / 100]);
	}
}

export function hintOf(result: EngineResult): string {
	return result.hints().join('\n');
}
