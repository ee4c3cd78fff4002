import type { Resource } from '../../../shared/n8n/operation';
import { create } from './create';
import { exportSie } from './exportSie';
import { get } from './get';
import { getAll } from './getAll';

export const financialYear: Resource = {
	value: 'financialYear',
	name: 'Financial Year',
	operations: [getAll, get, exportSie, create],
};
