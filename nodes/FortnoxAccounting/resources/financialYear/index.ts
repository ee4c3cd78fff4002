import type { Resource } from '../../operation';
import { exportSie } from './exportSie';
import { get } from './get';
import { getAll } from './getAll';

export const financialYear: Resource = {
	value: 'financialYear',
	name: 'Financial Year',
	operations: [exportSie, get, getAll],
};
