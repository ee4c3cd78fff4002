import type { Resource } from '../../shared/n8n/operation';
import { withOutput } from '../../shared/n8n/output';
import { account } from './account';
import { analyticAccount } from './analyticAccount';
import { bankAccount } from './bankAccount';
import { company } from './company';
import { financialEntry } from './financialEntry';
import { financialYear } from './financialYear';
import { inbox } from './inbox';
import { journal } from './journal';
import { journalEntry } from './journalEntry';
import { report } from './report';
import { vatReturn } from './vatReturn';

/** In the order of use: n8n's panel of nodes lists the actions as they come here. */
export const resources: readonly Resource[] = [
	journalEntry,
	financialEntry,
	account,
	report,
	vatReturn,
	journal,
	bankAccount,
	analyticAccount,
	financialYear,
	inbox,
	company,
].map((resource) => ({ ...resource, operations: resource.operations.map((operation) => withOutput(resource.value, operation)) }));
