import type { Resource } from '../../operation';
import { create } from './create';

export const financialEntry: Resource = {
	value: 'financialEntry',
	name: 'Financial Entry',
	operations: [create],
};
