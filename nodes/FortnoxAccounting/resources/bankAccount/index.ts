import type { Resource } from '../../../shared/n8n/operation';
import { create } from './create';
import { getAll } from './getAll';

export const bankAccount: Resource = {
	value: 'bankAccount',
	name: 'Bank Account',
	operations: [getAll, create],
};
