import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	IPollFunctions,
} from 'n8n-workflow';

import { createEngine, type Engine } from '../../../engine';
import { LedgerError, type Problem } from '../../../nodes/shared/ledger/problems';
import { authenticationField } from '../../../nodes/shared/n8n/authentication';
import { companyOf, groupByCompany, tenantIdField } from '../../../nodes/shared/n8n/company';
import { jwt } from '../fortnox/support';

let grouped: Awaited<ReturnType<typeof groupByCompany>>;
/** Whether anything else of this process ran while the items were grouped. */
let othersRan: boolean;
let credential: Awaited<ReturnType<typeof companyOf>>;

/** Asks in n8n's own engine which companies are meant, and sends nothing. */
class Asker implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Asker',
		name: 'asker',
		group: ['transform'],
		version: 1,
		description: 'Test node',
		defaults: { name: 'Asker' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'fortnoxOAuth2Api', displayOptions: { show: { authentication: ['oAuth2'] } } },
			{ name: 'fortnoxServiceAccountApi', displayOptions: { show: { authentication: ['serviceAccount'] } } },
		],
		properties: [authenticationField, tenantIdField],
	};

	methods = {
		listSearch: {
			async companies(this: ILoadOptionsFunctions): Promise<INodeListSearchResult> {
				credential = await companyOf(this);
				return { results: [] };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		othersRan = false;
		setTimeout(() => {
			othersRan = true;
		});
		// What the run has computed so far, in one piece: the others wait, and their turn is now.
		for (const end = performance.now() + 20; performance.now() < end;);
		grouped = await groupByCompany(this);
		return [[]];
	}
}

class Watcher implements INodeType {
	description = { ...new Asker().description, displayName: 'Watcher', name: 'watcher', inputs: [], polling: true as const };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		credential = await companyOf(this);
		return null;
	}
}

const ADDRESSES = { apiBaseUrl: 'https://api.fortnox.se', oauthBaseUrl: 'https://apps.fortnox.se/oauth-v1' };

function engine(own: ICredentialDataDecryptedObject = {}): Engine {
	const data = { clientId: 'app', clientSecret: 'secret', ...ADDRESSES };
	return createEngine({
		nodeTypes: { 'test.asker': Asker, 'test.watcher': Watcher },
		credentials: {
			service: { type: 'fortnoxServiceAccountApi', data: { ...data, ...own } },
			connected: { type: 'fortnoxOAuth2Api', data: { ...data, oauthTokenData: { access_token: jwt({ tenantId: 7 }) } } },
		},
	});
}

const SERVICE = { authentication: 'serviceAccount' };

async function group(parameters: INodeParameters, input: IDataObject[], own?: ICredentialDataDecryptedObject) {
	const { error } = await engine(own).runNode({ type: 'test.asker', parameters, input });
	if (error) throw new Error(error.message);
	return grouped.companies.map(({ credential: { type, tenantId }, items }) => [
		type,
		tenantId,
		[...items].map(([item, { json }]) => [item, json.tenant]),
	]);
}

function problemsOf(error: unknown): readonly Problem[] {
	if (!(error instanceof LedgerError)) throw new Error(`not a LedgerError: ${String(error)}`);
	return error.problems;
}

describe('input items', () => {
	it('are grouped by the company that each names, in the order in which the companies first come up', async () => {
		const items = [{ tenant: 1002 }, { tenant: '1001' }, { tenant: ' 01002' }, { tenant: 'nobody' }, { tenant: 1001 }];
		expect(await group({ ...SERVICE, tenantId: '={{ $json.tenant }}' }, items)).toEqual([
			[
				'fortnoxServiceAccountApi',
				1002,
				[
					[0, 1002],
					[2, ' 01002'],
				],
			],
			[
				'fortnoxServiceAccountApi',
				1001,
				[
					[1, '1001'],
					[4, 1001],
				],
			],
		]);
		expect(grouped.refused.map(({ item }) => item)).toEqual([3]);
	});

	it('are all for the company of the credential where the node names none', async () => {
		const items = [{ tenant: 1 }, { tenant: 2 }];
		expect(await group(SERVICE, items, { tenantId: '01001' })).toEqual([
			[
				'fortnoxServiceAccountApi',
				1001,
				[
					[0, 1],
					[1, 2],
				],
			],
		]);
		expect(await group({}, items)).toEqual([
			[
				'fortnoxOAuth2Api',
				7,
				[
					[0, 1],
					[1, 2],
				],
			],
		]);
	});

	it('are for the company that the node names, whichever the credential names', async () => {
		const companies = await group({ ...SERVICE, tenantId: '1002' }, [{ tenant: 1 }], { tenantId: '1001' });
		expect(companies).toEqual([['fortnoxServiceAccountApi', 1002, [[0, 1]]]]);
	});

	it('let others of this n8n run in between', async () => {
		await group(SERVICE, [{}], { tenantId: '1001' });
		expect(othersRan).toBe(true);
	});

	const LONG = `1${'2'.repeat(49)}345`;
	it.each<[why: string, node: string, own: string, code: string, message: string | RegExp]>([
		['no company', '', '', 'ERROR_COMPANY_MISSING', /^tenantId: neither the node nor the credential says which company is meant\./],
		['spaces', ' ', ' ', 'ERROR_COMPANY_MISSING', /neither the node nor the credential/],
		['a word', 'abc', '1001', 'ERROR_DATA_VALIDATION', /^tenantId: 'abc' is not a tenant ID\./],
		['a long number', LONG, '', 'ERROR_DATA_VALIDATION', `tenantId: '${LONG.slice(0, 50)}' is not a tenant ID.`],
		['a word in the credential', '', 'abc', 'ERROR_DATA_VALIDATION', /^tenantId: 'abc' of the credential is not a tenant ID\./],
		['an expression without a value', '={{ $json.nope }}', '1001', 'ERROR_EXPRESSION_EMPTY', /\$json\.nope/],
		['an expression of which a part has none', '=10{{ $json.nope }}', '1001', 'ERROR_EXPRESSION_EMPTY', /\$json\.nope/],
		[
			'an expression of the credential without a value',
			'',
			'={{ $json.nope }}',
			'ERROR_EXPRESSION_EMPTY',
			/expression in the credential's Tenant ID/,
		],
		['one that gives null', '', '={{ $json.nothing }}', 'ERROR_EXPRESSION_EMPTY', /expression in the credential's Tenant ID/],
	])('are refused for %s', async (_why, tenantId, own, code, message) => {
		expect(await group({ ...SERVICE, tenantId }, [{ nothing: null }], { tenantId: own })).toEqual([]);
		const problems = grouped.refused.map(({ error }) => problemsOf(error));
		expect(problems).toEqual([[{ code, field: 'tenantId', message: expect.stringMatching(message) }]]);
	});

	it('are refused for an authentication that is none of the two', async () => {
		expect(await group({ authentication: 'apiKey' }, [{}])).toEqual([]);
		expect(grouped.refused.map(({ error }) => problemsOf(error))).toMatchObject([
			[{ code: 'ERROR_DATA_VALIDATION', field: 'authentication' }],
		]);
	});
});

describe('outside an execution', () => {
	it('a list of the editor and a poll look at the company of the node, or else of the credential', async () => {
		for (const [tenantId, company] of [
			['1002', 1002],
			['', 1001],
		] as const) {
			const parameters = { ...SERVICE, tenantId };
			await engine({ tenantId: '1001' }).listSearch('test.asker', 'companies', { parameters });
			expect(credential).toMatchObject({ tenantId: company, item: 0 });
			await engine({ tenantId: '1001' }).poll('test.watcher', parameters);
			expect(credential).toMatchObject({ tenantId: company, item: 0 });
		}
	});

	it('a list of the editor says that an expression has no value yet', async () => {
		const parameters = { ...SERVICE, tenantId: '={{ $json.tenant }}' };
		const list = engine({ tenantId: '1001' }).listSearch('test.asker', 'companies', { parameters });
		const error: unknown = await list.catch((reason: unknown) => reason);
		expect(problemsOf(error)).toEqual([
			{
				code: 'ERROR_EXPRESSION_EMPTY',
				field: 'tenantId',
				message: expect.stringMatching(
					/^tenantId: the expression \{\{ \$json\.tenant \}\} has no value in the editor yet.*put one company's Tenant ID here/,
				),
			},
		]);
	});
});

it('the field Tenant ID is shown for a service account alone', () => {
	const node: INode = { id: '1', name: 'Asker', type: 'test.asker', typeVersion: 1, position: [0, 0], parameters: {} };
	const isShown = (authentication: string) => NodeHelpers.displayParameter({ authentication }, tenantIdField, node, null);
	expect([isShown('serviceAccount'), isShown('oAuth2')]).toEqual([true, false]);
});
