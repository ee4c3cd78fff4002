import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { companyKeyOf, readCredential, type Credential, type CredentialType, type N8nContext } from '../fortnox/credential';
import { tenantOf } from '../fortnox/tenant';
import { LedgerError, type Problem } from '../ledger/problems';
import { giveWay } from '../turns';
import { isAbsent, plainText } from '../unified/readObject';
import { authenticationField } from './authentication';
import { evaluateFor, isExpression, shownExpression } from './expressions';
import { readGiven, type ParameterSource } from './given';

/** Which company a service account is to work for; one credential serves all companies that have consented to its app. */
export const tenantIdField: INodeProperties = {
	displayName: 'Tenant ID',
	name: 'tenantId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1234567',
	displayOptions: { show: { authentication: ['serviceAccount'] } },
	description: 'The company (its database number in Fortnox); the one that the credential names where empty',
};

/** The input items that are meant for one company, and the credential that reaches it. */
export interface CompanyItems {
	credential: Credential;
	/** By their index in the node's whole input. */
	items: Map<number, INodeExecutionData>;
}

/** An item of which nobody can say which company it is meant for. */
interface RefusedItem {
	item: number;
	error: unknown;
}

/** Groups the node's input items by the company that each is meant for, in the order in which the companies first come up. */
export async function groupByCompany(context: IExecuteFunctions): Promise<{ companies: CompanyItems[]; refused: RefusedItem[] }> {
	const companies = new Map<string, CompanyItems>();
	const refused: RefusedItem[] = [];
	for (const [item, data] of context.getInputData().entries()) {
		await giveWay();
		try {
			const credential = await companyOf(context, item);
			const key = companyKeyOf(credential);
			const company = companies.get(key) ?? { credential, items: new Map() };
			companies.set(key, company);
			company.items.set(item, data);
		} catch (error) {
			refused.push({ item, error });
		}
	}
	return { companies: [...companies.values()], refused };
}

/**
 * The company that the node means, for one item: the one that an OAuth2 credential is connected to, or the one that the
 * node's parameter `tenantId` or else a service account's credential names.
 *
 * @throws {LedgerError} where neither names one, or what they name is no tenant id; where `authentication` is none of its choices
 * @throws {FortnoxError} where the credential can't be used
 */
export async function companyOf(context: N8nContext, item = 0): Promise<Credential> {
	const type = credentialTypeOf(context, item);
	if (type === 'fortnoxOAuth2Api') return await readCredential(context, type, item);
	const credential = await readCredential(context, type, item, statedTenant(context, item));
	if (credential.tenantId !== undefined) return credential;
	throw new LedgerError(whyNoTenant(credential.ownTenantId));
}

/** Which of the two credentials the node uses for an item. Another word than the two would reach the wrong company. */
function credentialTypeOf(context: N8nContext, item: number): CredentialType {
	const chosen = valueOf(context, authenticationField, item);
	return chosen === 'serviceAccount' ? 'fortnoxServiceAccountApi' : 'fortnoxOAuth2Api';
}

/** The company that the node's own parameter names; undefined where it is empty. */
function statedTenant(context: N8nContext, item: number): number | undefined {
	const stated = valueOf(context, tenantIdField, item);
	if (isAbsent(stated)) return undefined;
	const tenantId = tenantOf(plainText(stated));
	if (tenantId !== undefined) return tenantId;
	throw new LedgerError(noTenantId(plainText(stated)));
}

/** A parameter of the node for an item, as its field declares it. */
export function valueOf(context: N8nContext, field: INodeProperties, item: number): unknown {
	const { given, problems } = readGiven([field], sourceOf(context, field, item));
	if (problems.length > 0) throw new LedgerError(problems);
	return given[field.name];
}

function sourceOf(context: N8nContext, field: INodeProperties, item: number): ParameterSource {
	if ('getCurrentNodeParameter' in context) {
		const current: unknown = context.getCurrentNodeParameter(field.name);
		// The editor evaluates what it can. What is still an expression has no value before the workflow runs.
		if (isExpression(current)) throw noValueYet(field, current);
		return { stored: {}, value: () => current };
	}
	const stored = context.getNode().parameters;
	if (!('getInputData' in context)) return { stored, value: (name) => context.getNodeParameter(name, null) };
	return { stored, value: (name) => context.getNodeParameter(name, item, null), evaluate: evaluateFor(context, item) };
}

function noValueYet({ name, displayName }: INodeProperties, expression: string): LedgerError {
	return new LedgerError({
		code: 'ERROR_EXPRESSION_EMPTY',
		field: name,
		message: `${name}: the expression ${shownExpression(expression)} has no value in the editor yet, so there is no company whose list could be shown. Run the nodes before this one, or put one company's ${displayName} here while you choose.`,
	});
}

function whyNoTenant(own: unknown): Problem {
	if (own === undefined || own === null) {
		return {
			code: 'ERROR_EXPRESSION_EMPTY',
			field: 'tenantId',
			message:
				"tenantId: the expression in the credential's Tenant ID gives nothing for this item. Correct it, or give the tenant ID in the node.",
		};
	}
	if (!isAbsent(own)) return noTenantId(plainText(own), ' of the credential');
	return {
		code: 'ERROR_COMPANY_MISSING',
		field: 'tenantId',
		message:
			'tenantId: neither the node nor the credential says which company is meant. Give its tenant ID in the field Tenant ID of the node (Company > Get shows it), or in the credential.',
	};
}

function noTenantId(given: string, where = ''): Problem {
	return {
		code: 'ERROR_DATA_VALIDATION',
		field: 'tenantId',
		message: `tenantId: '${given.slice(0, 50)}'${where} is not a tenant ID. Give the company's database number, which has digits only.`,
	};
}
