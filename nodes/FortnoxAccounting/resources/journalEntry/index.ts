import type { Resource } from '../../operation';
import { create } from './create';
import { get } from './get';

export const journalEntry: Resource = {
	value: 'journalEntry',
	name: 'Journal Entry',
	operations: [create, get],
};
