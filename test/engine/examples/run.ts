import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DateTime } from 'luxon';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { demoCompany } from '../../../demo/company';
import type { EngineResult, EngineWorkflow } from '../../../engine';
import { MANUAL_TRIGGER } from '../../../engine/nodes';
import { startWorld, type World } from '../support/world';

const NO_OPERATION = 'n8n-nodes-base.noOp';

export function readExample(file: string): EngineWorkflow {
	return JSON.parse(readFileSync(join(__dirname, '../../../examples', file), 'utf8')) as EngineWorkflow;
}

/** What nodes give in place of their own output, as pinned data does in n8n: files, mails, or other rows than the sample's. */
export type Given = Record<string, Array<IDataObject | INodeExecutionData>>;

/** n8n-core brings no trigger along; and what makes a file of the items is left to a real n8n. */
function typeOf(type: string): string {
	if (type.endsWith('Trigger')) return MANUAL_TRIGGER;
	return type.endsWith('convertToFile') ? NO_OPERATION : type;
}

/** Runs an example as it is in its file, but for its notes, its credentials, and what is given. */
export async function runExample(world: World, file: string, given: Given = {}): Promise<EngineResult> {
	const example = readExample(file);
	const nodes = example.nodes.map(({ credentials: _none, ...node }) =>
		world.engine.node({ ...node, type: node.name in given ? NO_OPERATION : typeOf(node.type) }),
	);
	const isItem = (value: IDataObject | INodeExecutionData): value is INodeExecutionData => 'json' in value || 'binary' in value;
	const pinned = Object.entries(given).map(([name, items]) => [name, items.map((item) => (isItem(item) ? item : { json: item }))]);
	return await world.engine.run({ ...example, nodes, pinData: { ...example.pinData, ...Object.fromEntries(pinned) } });
}

/** The rows of a CSV text, each value a text, as n8n's Extract From File gives them. */
export function rowsOf(csv: string, delimiter = ','): IDataObject[] {
	const [head = '', ...lines] = csv.trim().split('\n');
	const names = head.split(delimiter);
	return lines.map((line) => Object.fromEntries(line.split(delimiter).map((value, index) => [names[index] ?? '', value.trim()])));
}

/** Entries of a company's ledger, short: text of the entry, and account → amount in SEK, credit with a minus. */
export function booked(world: World): Array<{ date: string; text: string; rows: Record<string, number> }> {
	return world.sandbox
		.company()
		.vouchers()
		.map(({ date, description, rows }) => {
			const sums: Record<string, number> = {};
			for (const { account, debit, credit } of rows) sums[account] = ((sums[account] ?? 0) * 100 + debit - credit) / 100;
			return { date, text: description, rows: sums };
		});
}

/** The boxes of a month's VAT return that are not empty, and what its checks found. */
export async function vatOf(world: World, period: string): Promise<{ boxes: IDataObject; checks: unknown }> {
	const result = await world.run({ resource: 'vatReturn', operation: 'get', period });
	if (result.error !== undefined) throw new Error(result.error.message);
	const [item] = result.json();
	const boxes = Object.entries((item?.boxes ?? {}) as IDataObject).filter(([, amount]) => amount !== 0);
	return { boxes: Object.fromEntries(boxes), checks: item?.checks };
}

/** The month of the examples' own rows: the one before the tests' day, YYYY-MM. */
export function sampleMonth(): string {
	return DateTime.now().setZone('Europe/Stockholm').minus({ months: 1 }).toFormat('yyyy-MM');
}

/** A world with the shop's books of the sample's year, in which nothing is booked. */
export async function emptyBooks(year = Number(sampleMonth().slice(0, 4))): Promise<World> {
	return await startWorld({ companies: (now) => [demoCompany(year, now)] });
}

/** The file that a node of an example made, as text. */
export function fileOf(result: EngineResult, node: string): string {
	return Buffer.from(result.items(node)[0]?.binary?.data?.data ?? '', 'base64').toString();
}
