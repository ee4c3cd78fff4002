import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { seedCompanies } from '../../../sandbox';
import { loadState } from '../../../sandbox/server/persistence';
import { startWorld, type World } from '../support/world';
import { LINE_PAIRS, PAIRS, SHOWN_ELSEWHERE, type Pair } from './honoured';
import { operationsOfNode, probesOf, validFor, type Probe } from './parameters';

/**
 * Every parameter of every operation, from the node's own description, is heeded: with another value of it the operation
 * asks Fortnox for something else, or gives something else, and at least one of the two is not an error.
 */

/** What a run did, without what differs from run to run. */
type Outcome = { error: string | undefined; output: unknown; hints: string[]; requests: string[] };

/** Operations that write and can't be tried with Validate Only: each run has books of its own. */
const WRITES = /^(account|bankAccount|journal)\.(create|update)$|^financialYear\.create$|\.addAttachment$/;

const sie = (
	more: {
		head?: string;
		type?: number;
		orgNr?: string;
		series?: string;
		account?: string;
		objects?: string;
		day?: string;
		text?: string;
	} = {},
): IBinaryData => {
	const { head = '', type = 4, orgNr = '559900-1012', series = 'A', account = '3004', objects = '', day = '', text = 'Dagskassa' } = more;
	const lines = [
		'#FLAGGA 0',
		'#PROGRAM "Kassa" 1',
		'#FORMAT PC8',
		'#GEN 20260601',
		`#SIETYP ${type}`,
		`#ORGNR ${orgNr}`,
		head,
		'#RAR 0 20260101 20261231',
		`#KONTO ${account} "Konto"`,
		`#VER ${series} 901 20260601 "${text}"`,
		'{',
		'#TRANS 1930 {} 100.00',
		`#TRANS ${account} {${objects}} -100.00 ${day}`,
		'}',
		'',
	];
	return {
		data: Buffer.from(lines.filter((line) => line !== '').join('\n')).toString('base64'),
		mimeType: 'text/plain',
		fileName: 'kassa.se',
	};
};

const FILES: Record<string, IBinaryData> = {
	data: sie(),
	other: sie({ account: '3001', text: 'Annan' }),
	rowDates: sie({ day: '20260701' }),
	company: sie({ orgNr: '556677-8899' }),
	currency: sie({ head: '#VALUTA EUR' }),
	type: sie({ type: 3 }),
	account: sie({ account: '5897' }),
	center: sie({ objects: '1 "NYTT"' }),
	project: sie({ objects: '6 "N77"' }),
	series: sie({ series: 'NYA' }),
	quotes: sie({ text: 'Kaffe {Gevalia}' }),
};

/** What the input items hold: rows of an entry, of a statement, and files. */
function inputOf(operation: string, { linesSource }: INodeParameters): INodeExecutionData[] {
	const isFinancial = operation.startsWith('financialEntry');
	const row = (account: string, amount: number, more: IDataObject): INodeExecutionData => ({
		json: {
			account,
			date: '2026-06-01',
			group: 'G',
			...more,
			...(isFinancial ? { amount } : amount > 0 ? { debit: amount } : { credit: -amount }),
		},
	});
	if (linesSource === 'inputItems')
		return [row('6110', 100, { other: 'H-1', number: 'N-1' }), row('3004', -100, { other: 'H-2', number: 'N-2' })];
	return [{ json: { date: '2026-05-04', amount: 100, text: 'Swish' }, binary: FILES }];
}

/** What an operation is given besides what it requires. */
const BASE: Record<string, INodeParameters> = {
	'bankAccount.create': { additionalFields: { iban: 'SE3550000000054910000003' } },
	'financialYear.create': { dateFrom: '2028-01-01', dateTo: '2028-12-31' },
	'account.update': { updateFields: { name: 'Nytt' } },
	'journal.update': { updateFields: { name: 'Nytt' } },
	'journalEntry.create': { number: 'H-1', journalId: 'A', date: '2026-06-01' },
	'journalEntry.correct': { number: 'H-1', journalId: 'A', date: '2026-06-01' },
	'journalEntry.reverse': { journalId: 'A' },
	'journalEntry.spread': { number: 'S-1', journalId: 'A', amount: '100', resultAccount: '5010', balanceAccount: '1790' },
	'vatReturn.settle': { options: { acceptChecks: true } },
	'journalEntry.importSie': { journalId: '' },
	'financialEntry.create': { number: 'H-1', journalId: 'A', date: '2026-06-01', linesJson: '[{"account":"3004","amount":100}]' },
};

/** Adds parameters to others; collections are filled, not replaced. */
function merged(...all: INodeParameters[]): INodeParameters {
	const result: INodeParameters = {};
	for (const parameters of all) {
		for (const [name, value] of Object.entries(parameters)) {
			const before = result[name];
			const areCollections = [before, value].every((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
			result[name] = areCollections ? { ...(before as INodeParameters), ...(value as INodeParameters) } : value;
		}
	}
	return result;
}

function pairFor(operation: string, path: string): Pair | undefined {
	const [resource = ''] = operation.split('.');
	return PAIRS[`${operation}.${path}`] ?? PAIRS[`${resource}.${path}`] ?? PAIRS[path] ?? PAIRS[path.split('.').at(-1) ?? ''];
}

/** The two sets of parameters that differ in one of them. */
function variantsOf(operation: string, { path, given }: Probe): INodeParameters[] | undefined {
	const inLine = /^lines\.line\[\]\.(.+)$/.exec(path)?.[1];
	if (inLine !== undefined) {
		const isFinancial = operation.startsWith('financialEntry');
		return LINE_PAIRS[inLine]?.map((line) => {
			const { debit, credit, ...rest } = line;
			const own = isFinancial && line.amount === undefined ? { ...rest, amount: debit ?? credit ?? '100' } : line;
			const line2 = { account: '1930', ...(line.credit === undefined ? { credit: '100' } : { debit: '100' }) };
			return { linesSource: 'define', lines: { line: isFinancial ? [own] : [own, line2] } };
		});
	}
	const pair = pairFor(operation, path);
	const isList = path.includes('[]');
	return pair && [pair[0], pair[1]].map((value) => merged(pair[2] ?? {}, isList ? { [path.split('.')[0] ?? '']: value } : given(value)));
}

const elsewhere = (operation: string, path: string): boolean =>
	[path, `${operation}.${path}`].some((name) => Object.hasOwn(SHOWN_ELSEWHERE, name));

function paths(operation: string, fields: Parameters<typeof probesOf>[0]): Probe[] {
	const seen = new Set<string>();
	return probesOf(fields.filter(({ type }) => type !== 'notice')).filter(
		({ path }) => !elsewhere(operation, path) && !seen.has(path) && seen.add(path),
	);
}

/** Where the books are kept that every world begins with: to furnish them takes longer than all runs on them. */
const KEPT = join(mkdtempSync(join(tmpdir(), 'books-')), 'books.json');

async function begin(worlds: World[]): Promise<World> {
	const kept = await loadState(KEPT, Date.now);
	const world = await startWorld({ companies: () => kept?.companies ?? [] });
	worlds.push(world);
	return world;
}

/** Keeps books with what the parameters can find: partners, a reversal, files, an entry that came after the close. */
async function furnish(): Promise<void> {
	const world = await startWorld({ file: KEPT, companies: (now) => seedCompanies(now).slice(0, 1) });
	const company = world.sandbox.company();
	company.addVoucher({
		date: '2025-12-31',
		description: 'Bankavgift',
		rows: [
			{ account: 6570, debit: 50_000 },
			{ account: 1930, credit: 50_000 },
		],
	});
	// May has VAT to settle, and a sale without VAT that the checks object to.
	company.addVoucher({
		date: '2026-05-20',
		description: 'Kassa',
		rows: [
			{ account: 1930, debit: 125_000 },
			{ account: 3001, credit: 100_000 },
			{ account: 2611, credit: 25_000 },
		],
	});
	company.addVoucher({
		date: '2026-05-21',
		description: 'Kassa',
		rows: [
			{ account: 1930, debit: 80_000 },
			{ account: 3001, credit: 80_000 },
		],
	});
	for (const [index, path] of ['Inbox_v', 'Inbox_v', 'Inbox_s', 'Inbox_s'].entries()) {
		company.files.push({
			id: `inbox-${index + 1}`,
			archiveFileId: `archive-${index + 1}`,
			name: `kvitto-${index + 1}.txt`,
			path,
			inInbox: true,
			uploadedTo: 'inbox',
			contentType: 'text/plain',
			content: Buffer.from(`kvitto ${index + 1}`),
		});
	}
	const lines = [
		{ account: 'K-1', account_type: 'customer_account', force_general_account: '1510', debit: 100 },
		{ account: '3004', credit: 100 },
	];
	const create = { resource: 'journalEntry', operation: 'create', journalId: 'A', date: '2026-06-03', number: 'P-1', linesSource: 'json' };
	const [posted] = (await world.run({ ...create, linesJson: JSON.stringify(lines) })).json();
	const [other] = (
		await world.run({ ...create, number: 'P-2', linesJson: '[{"account":"1930","debit":5},{"account":"3004","credit":5}]' })
	).json();
	const reversed = await world.run({ resource: 'journalEntry', operation: 'reverse', journalEntryId: String(other?.id), journalId: 'A' });
	const bank = await world.run({
		resource: 'financialEntry',
		operation: 'create',
		journalId: 'A',
		date: '2026-06-04',
		number: 'P-3',
		financialCounterpartAccount: '1930',
		linesSource: 'json',
		linesJson: '[{"account":"K-1","account_type":"customer_account","force_general_account":"1510","amount":7}]',
	});
	const attached = await world.run(
		{ resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4', binaryPropertyName: 'data' },
		{ input: [{ json: {}, binary: FILES }] },
	);
	await world.close();
	expect([posted?.id, reversed.error?.message, bank.error?.message, attached.error?.message]).toEqual([
		expect.any(String),
		undefined,
		undefined,
		undefined,
	]);
}

async function outcomeOf(world: World, operation: string, parameters: INodeParameters): Promise<Outcome> {
	world.reconnect();
	const [resource = '', name = ''] = operation.split('.');
	const result = await world.run({ resource, operation: name, ...parameters }, { input: inputOf(operation, parameters) });
	const output = result.error ? [] : result.items().map(({ json, binary }) => ({ json, binary }));
	const requests = world.requests(undefined, /^\/3\//).map(({ method, path, query, body }) => JSON.stringify([method, path, query, body]));
	return { error: result.error?.message, output, hints: result.error ? [] : result.hints(), requests: requests.sort() };
}

const OPERATIONS = operationsOfNode().map(({ resource, operation, fields }) => ({ name: `${resource}.${operation}`, fields }));

it('shows elsewhere what it does not show', () => {
	const tests = Object.entries(SHOWN_ELSEWHERE).filter(([, where]) => where.endsWith('.test.ts'));
	const unheard = tests.filter(([path, file]) => !readFileSync(file, 'utf8').includes(path.split('.').at(-1) ?? ''));
	expect([tests.length, unheard]).toEqual([4, []]);
});

/** Worlds of a test, and the one of those that change nothing. */
const ownWorlds: World[] = [];
const common: World[] = [];
beforeAll(async () => {
	await furnish();
	await begin(common);
});
afterEach(async () => {
	await Promise.all(ownWorlds.splice(0).map(async (world) => await world.close()));
});
afterAll(async () => {
	await Promise.all(common.splice(0).map(async (world) => await world.close()));
});

describe.each(OPERATIONS)('$name', ({ name, fields }) => {
	const all = paths(name, fields);
	const probes = all.filter((probe) => variantsOf(name, probe) !== undefined);

	it('has values for every parameter (else: PAIRS or LINE_PAIRS in honoured.ts)', () => {
		expect(all.filter((probe) => !probes.includes(probe)).map(({ path }) => path)).toEqual([]);
	});

	if (probes.length === 0) return;
	const canBeTried = probes.some(({ path }) => path === 'options.dryRun');
	const base = merged(validFor(fields), BASE[name] ?? {}, canBeTried ? { options: { dryRun: true } } : {});

	it.each(probes.map((probe): [string, Probe] => [probe.path, probe]))('%s', async (path, probe) => {
		const outcomes: Outcome[] = [];
		for (const variant of variantsOf(name, probe) ?? []) {
			const parameters = merged(base, variant);
			const isTried = (parameters.options as INodeParameters | undefined)?.dryRun === true;
			const isOwn = WRITES.test(name) || path === 'options.dryRun' || (canBeTried && !isTried);
			const [shared] = common;
			const world = isOwn || shared === undefined ? await begin(ownWorlds) : shared;
			outcomes.push(await outcomeOf(world, name, parameters));
		}
		const errors = outcomes.map(({ error }) => error);
		expect([name, path, errors]).toEqual([name, path, expect.arrayContaining([undefined])]);
		expect(outcomes[0]).not.toEqual(outcomes[1]);
	});
});
