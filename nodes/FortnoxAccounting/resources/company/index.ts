import type { Resource } from '../../../shared/n8n/operation';
import { checkConnection } from './checkConnection';
import { get } from './get';

export const company: Resource = {
	value: 'company',
	name: 'Company',
	operations: [checkConnection, get],
};
