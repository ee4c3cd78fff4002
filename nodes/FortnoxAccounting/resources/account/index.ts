import type { Resource } from '../../../shared/n8n/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getBalances } from './getBalances';
import { getLedger } from './getLedger';
import { update } from './update';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	operations: [getAll, get, getBalances, getLedger, create, update],
};
