import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { companyKeyOf, readCredential, type Credential } from '../fortnox/credential';
import { Turns } from '../turns';

/** The input items that are meant for one company, and the credential that reaches it. */
export interface CompanyItems {
	credential: Credential;
	/** By their index in the node's whole input. */
	items: Map<number, INodeExecutionData>;
}

/** An item of which nobody can say which company it is meant for. */
export interface RefusedItem {
	item: number;
	error: unknown;
}

/** Groups the node's input items by the company that each is meant for, in the order in which the companies first come up. */
export async function groupByCompany(
	context: IExecuteFunctions,
): Promise<{ companies: CompanyItems[]; refused: RefusedItem[] }> {
	const companies = new Map<string, CompanyItems>();
	const refused: RefusedItem[] = [];
	const turns = new Turns();
	for (const [item, data] of context.getInputData().entries()) {
		await turns.rest();
		try {
			const credential = await readCredential(context, item);
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
