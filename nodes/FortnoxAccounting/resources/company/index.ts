import type { Resource } from '../../../shared/n8n/operation';
import { get } from './get';

export const company: Resource = {
	value: 'company',
	name: 'Company',
	operations: [get],
};
