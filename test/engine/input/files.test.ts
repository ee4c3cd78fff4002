import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters, IWorkflowSettings } from 'n8n-workflow';

import { startWorld, type World } from '../support/world';

const SIE = `#FLAGGA 0
#PROGRAM "Kassa" 1
#FORMAT PC8
#GEN 20260601
#SIETYP 4
#ORGNR 559900-1012
#RAR 0 20260101 20261231
#VER A 901 20260601 "Dagskassa"
{
#TRANS 1930 {} 100.00
#TRANS 3004 {} -100.00
}
`;

const file = (content: string, fileName: string): IBinaryData => ({
	data: Buffer.from(content).toString('base64'),
	mimeType: 'text/plain',
	fileName,
});

/** Where an item's file is, and how a parameter names it. `combined` is n8n's binary mode with files in the JSON. */
const PLACES: Array<[where: string, settings: IWorkflowSettings, item: (file: IBinaryData) => INodeExecutionData, name: string]> = [
	['beside the JSON', {}, (data) => ({ json: {}, binary: { data } }), 'data'],
	['beside the JSON, in memory', { binaryMode: 'combined' }, (data) => ({ json: {}, binary: { data } }), 'data'],
	['in the JSON, by its name', { binaryMode: 'combined' }, (data) => ({ json: { _files: { data: { ...data } } } }), 'data'],
	['in the JSON, by its path', { binaryMode: 'combined' }, (data) => ({ json: { _files: { data: { ...data } } } }), '_files.data'],
	[
		'in the JSON, by an expression',
		{ binaryMode: 'combined' },
		(data) => ({ json: { _files: { data: { ...data } } } }),
		'={{ $json._files.data }}',
	],
];

describe.each(PLACES)('a file %s', (_where, workflowSettings, item, binaryPropertyName) => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => {
		await world.close();
	});

	const run = async (parameters: INodeParameters, binary: IBinaryData): Promise<IDataObject[]> => {
		const result = await world.run({ resource: 'journalEntry', ...parameters }, { input: [item(binary)], workflowSettings });
		expect(result.error?.message).toBeUndefined();
		return result.json();
	};

	it('is attached, under its own name', async () => {
		const [attached] = await run({ operation: 'addAttachment', journalEntryId: 'A-1-4', binaryPropertyName }, file('kvitto', 'kvitto.txt'));
		expect(attached).toMatchObject({ filename: 'kvitto.txt' });
		expect(world.sandbox.company(1001).files.some(({ content }) => content.toString() === 'kvitto')).toBe(true);
	});

	it('comes with an entry', async () => {
		const [posted] = await run(
			{
				operation: 'create',
				date: '2026-06-01',
				number: 'FILE-1',
				linesSource: 'json',
				linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]',
				additionalFields: { binaryPropertyName },
			},
			file('underlag', 'underlag.txt'),
		);
		expect(posted).toMatchObject({ attachments_info: { status: 'yes', attachments: [{ filename: 'underlag.txt' }] } });
	});

	it('comes with a financial entry', async () => {
		const [posted] = await run(
			{
				resource: 'financialEntry',
				operation: 'create',
				financialCounterpartAccount: '1930',
				date: '2026-06-01',
				number: 'FILE-2',
				linesSource: 'json',
				linesJson: '[{"account":"3004","amount":1}]',
				additionalFields: { binaryPropertyName },
			},
			file('betalning', 'betalning.txt'),
		);
		expect(posted).toMatchObject({ attachments_info: { status: 'yes', attachments: [{ filename: 'betalning.txt' }] } });
	});

	it('comes with a correction', async () => {
		const [posted] = await run(
			{
				operation: 'correct',
				journalEntryId: 'A-1-4',
				date: '2026-06-01',
				linesSource: 'json',
				linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]',
				additionalFields: { binaryPropertyName },
			},
			file('rättelse', 'rattelse.txt'),
		);
		expect(posted).toMatchObject({ attachments_info: { status: 'yes', attachments: [{ filename: 'rattelse.txt' }] } });
	});

	it('is imported', async () => {
		const posted = await run({ operation: 'importSie', journalId: 'A', binaryPropertyName }, file(SIE, 'kassa.se'));
		expect(posted).toMatchObject([{ date: '2026-06-01', source: { series: 'A', number: '901' } }]);
	});
});

it('a file that is empty is refused, and nothing is sent', async () => {
	const world = await startWorld();
	const parameters = { resource: 'journalEntry', operation: 'addAttachment', journalEntryId: 'A-1-4', binaryPropertyName: 'data' };
	const { error } = await world.run(parameters, { input: [{ json: {}, binary: { data: file('', 'tom.pdf') } }] });
	expect(error?.message).toMatch(/^binaryPropertyName: the file 'tom\.pdf' of item 0 is empty/);
	expect(world.requests('POST', /^\/3\//)).toEqual([]);
	await world.close();
});
