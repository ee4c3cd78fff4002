import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ACCOUNTING_TRIGGER, type Engine, type EngineInput } from '../../engine';
import type { CompanyState } from '../../sandbox';
import { COMPANY, startWorld } from '../../test/engine/support/world';
import { SAMPLES, type Sample } from './samples';

export interface RunSample extends Sample {
	output: IDataObject[];
	/** Names of binary fields, where the output has some. */
	binary: string[];
	hints: string[];
}

const NOW = Date.UTC(2026, 5, 30, 10);
const TEN_YEARS_S = 10 * 365 * 86_400;

export interface Samples {
	operations: RunSample[];
	/** What the trigger gives when a period was locked. */
	trigger: IDataObject[];
	/** The comments of an entry with a number, as they stand in Fortnox. */
	comments: string;
	/** The texts of the rows of an entry in another currency with a partner, as they stand in Fortnox. */
	rowTexts: string[];
}

/**
 * Runs the samples on n8n's engine against a sandbox of their own. Throws where one fails.
 *
 * @param typeVersion version of the node; default: the oldest
 */
export async function runSamples(typeVersion?: number): Promise<Samples> {
	const world = await startWorld({ now: () => NOW, settings: { accessTokenSeconds: TEN_YEARS_S } });
	try {
		receiveReceipt(world.sandbox.company(COMPANY));
		const operations: RunSample[] = [];
		for (const sample of SAMPLES) {
			// So that no sample shows what those before it left in a cache, or waits for their limit.
			world.reconnect();
			operations.push(await runSample(world.engine, sample, typeVersion));
		}
		const year = world.sandbox.company(COMPANY).year(4);
		const comments = year.voucher('N8N', 2)?.comments ?? '';
		const rowTexts = (year.voucher('N8N', 3)?.rows ?? []).map(({ transactionInformation }) => transactionInformation);
		world.reconnect();
		return { operations, trigger: await runTrigger(world.engine), comments, rowTexts };
	} finally {
		await world.close();
	}
}

/** A receipt that somebody sent to the company's inbox. */
function receiveReceipt({ files }: CompanyState): void {
	files.push({
		id: 'c0ffee00-0001-4000-8000-000000000001',
		archiveFileId: 'c0ffee00-0002-4000-8000-000000000001',
		name: 'taxi.pdf',
		path: 'Inbox_v',
		inInbox: true,
		uploadedTo: 'inbox',
		contentType: 'application/pdf',
		content: Buffer.from('%PDF-1.7 taxi'),
	});
}

async function runSample(engine: Engine, sample: Sample, typeVersion?: number): Promise<RunSample> {
	const [resource = '', operation = ''] = sample.operation.split('.');
	const result = await engine.runNode({
		parameters: { resource, operation, ...sample.parameters },
		input: inputOf(sample),
		...(typeVersion !== undefined && { typeVersion }),
	});
	if (result.error) throw new Error(`The sample of ${sample.operation} fails: ${result.error.message}`);
	return {
		...sample,
		output: result.json(),
		binary: Object.keys(result.items()[0]?.binary ?? {}),
		hints: result.hints(),
	};
}

function inputOf({ input, file }: Sample): EngineInput {
	if (file === undefined) return input ?? [{}];
	const { fileName, mimeType, content } = file;
	const item: INodeExecutionData = {
		json: {},
		binary: { data: { fileName, mimeType, data: Buffer.from(content, 'latin1').toString('base64') } },
	};
	return [item];
}

async function runTrigger(engine: Engine): Promise<IDataObject[]> {
	const output = await engine.poll(ACCOUNTING_TRIGGER, { triggerOn: 'periodLocked' }, { mode: 'manual' });
	return (output?.[0] ?? []).map(({ json }) => json);
}
