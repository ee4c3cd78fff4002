import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { hasBalances, parseSie, type SieFile } from '../../../nodes/shared/ledger/sie';
import type { CompanyState } from '../../../sandbox';
import { startWorld, type World } from '../support/world';
import { itemWith } from './files';

/** Third-party files for checks only; they are no part of the project and need not be there. */
const SAMPLES = path.resolve(__dirname, '../../../../shared/data/sie-samples');

const MOST_VOUCHERS = 20;

/** The bytes of a file with its vouchers moved to 2026, the rest as some program wrote it. */
function movedTo2026(bytes: Buffer): Buffer {
	const text = bytes
		.toString('latin1')
		.replace(/^(\s*#VER\s+\S+\s+\S+\s+"?)\d{4}(?=\d{4})/gm, '$12026')
		.replace(/^(#RAR\s+0\s+)\d{8}\s+\d{8}/gm, '$120260101 20261231');
	return Buffer.from(text, 'latin1');
}

type Sample = [name: string, bytes: Buffer, file: SieFile];

/** Vouchers of pre-systems in a number that a test can post, on accounts that Fortnox can have. */
function importable(): Sample[] {
	return readdirSync(SAMPLES)
		.filter((name) => /\.s[ie]$/i.test(name))
		.flatMap((name): Sample[] => {
			try {
				const bytes = movedTo2026(readFileSync(path.join(SAMPLES, name)));
				const file = parseSie(bytes);
				const few = file.vouchers.length > 0 && file.vouchers.length <= MOST_VOUCHERS;
				const onAccounts = file.vouchers.every(({ rows }) => rows.every(({ account }) => /^[1-9]\d{3}$/.test(account)));
				return few && onAccounts && !hasBalances(file) ? [[name, bytes, file]] : [];
			} catch {
				return [];
			}
		});
}

/** Opens the accounts of a file and makes its cost centers and projects, and the accounts that it does not name. */
function furnishFor(company: CompanyState, { vouchers, accounts }: SieFile): void {
	const year = company.year(4);
	const template = year.accounts.get(6110);
	for (const { account, objects } of vouchers.flatMap(({ rows }) => rows)) {
		const existing = year.accounts.get(Number(account)) ?? (accounts.get(account)?.name ? undefined : template);
		if (existing) {
			const open = { active: true, costCenterSettings: 'ALLOWED', projectSettings: 'ALLOWED' } as const;
			year.setAccount({ ...existing, ...open, number: Number(account) });
		}
		for (const { dimension, object } of objects) {
			if (dimension === 1 && !company.costCenters.some(({ code }) => code === object)) {
				company.costCenters.push({ code: object, description: object, active: true, note: null });
			}
			if (dimension === 6 && !company.projects.some(({ number }) => number === object)) {
				const more = { startDate: null, endDate: null, projectLeader: null, contactPerson: null, comments: null };
				company.projects.push({ number: object, description: object, status: 'ONGOING', ...more });
			}
		}
	}
}

const describeSamples = existsSync(SAMPLES) ? describe : describe.skip;
if (!existsSync(SAMPLES)) console.info('The sample files are not here, so importing them is not checked.');

describeSamples('files of Swedish programs', () => {
	let world: World;

	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => {
		await world.close();
	});

	const files = existsSync(SAMPLES) ? importable() : [];

	it('are there', () => {
		expect(files.length).toBeGreaterThan(5);
	});

	it.each(files)('%s becomes entries with its rows, once', async (_, bytes, file) => {
		const company = world.sandbox.company(1001);
		company.setLocked(null);
		furnishFor(company, file);
		const run = async () =>
			await world.run(
				{
					resource: 'journalEntry',
					operation: 'importSie',
					journalId: 'A',
					// The vouchers were moved into this year; the days of their rows were not.
					options: { acceptOtherCompany: true, createMissingAccounts: true, rowDates: 'voucherDate' },
				},
				{ input: [itemWith(bytes)] },
			);
		const result = await run();
		expect(result.error?.message).toBeUndefined();
		const posted = result.json().map(({ voucher_number }) => company.year(4).voucher('A', Number(voucher_number)));
		expect(posted.map((voucher) => [voucher?.date, voucher?.rows.map(({ account, debit, credit }) => [account, debit - credit])])).toEqual(
			file.vouchers.map(({ date, rows }) => [
				date,
				rows.filter(({ amount }) => amount !== 0).map(({ account, amount }) => [Number(account), amount]),
			]),
		);
		const again = await run();
		expect(again.json().map(({ id, already_posted }) => [id, already_posted])).toEqual(result.json().map(({ id }) => [id, true]));
	});
});
