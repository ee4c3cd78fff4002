import { tenantOf } from '../fortnox/tenant';
import { LedgerError } from '../ledger/problems';
import type { Run } from '../n8n/run';
import { plainText } from '../unified/readObject';

/**
 * Every item that the node gives out says whose books it speaks of (`tenant_id`). What was read in one company is not
 * written into another: both have the accounts and series that it names.
 *
 * @throws {LedgerError} where an input item is of another company than the run
 */
export function refuseOtherCompany({ items, fortnox }: Run, item: number): void {
	const json = items.get(item)?.json ?? {};
	const own = Object.hasOwn(json, 'tenant_id') ? tenantOf(plainText(json.tenant_id)) : undefined;
	if (own === undefined || own === fortnox.tenantId) return;
	throw new LedgerError({
		code: 'ERROR_DATA_VALIDATION',
		field: 'tenant_id',
		message: `tenant_id: item ${item} is of the company ${own}, and the node works in the company ${fortnox.tenantId}. Set Tenant ID of the node to {{ $json.tenant_id }} (with a service account), or choose a credential of company ${own}. If ${fortnox.tenantId} is meant, take the field out of the items.`,
	});
}

/**
 * The same of a value that the item itself gives, such as the id of an entry: what has it from elsewhere is not the item's.
 *
 * @throws {LedgerError} where the item has the value and is of another company than the run
 */
export function refuseFromOtherCompany(run: Run, item: number, value: unknown): void {
	if (Object.values(run.items.get(item)?.json ?? {}).includes(plainText(value))) refuseOtherCompany(run, item);
}
