import type { Resource } from '../../../shared/n8n/operation';
import { get } from './get';
import { settle } from './settle';

export const vatReturn: Resource = {
	value: 'vatReturn',
	name: 'VAT Return',
	operations: [get, settle],
};
