import type { Resource } from '../../../shared/n8n/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const journal: Resource = {
	value: 'journal',
	name: 'Journal',
	operations: [getAll, get, create, update],
};
