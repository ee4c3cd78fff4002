import type { Resource } from '../../operation';
import { get } from './get';

export const company: Resource = {
	value: 'company',
	name: 'Company',
	operations: [get],
};
