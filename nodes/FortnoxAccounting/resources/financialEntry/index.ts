import type { Resource } from '../../../shared/n8n/operation';
import { create } from './create';
import { getAll } from './getAll';

export const financialEntry: Resource = {
	value: 'financialEntry',
	name: 'Financial Entry',
	operations: [create, getAll],
};
