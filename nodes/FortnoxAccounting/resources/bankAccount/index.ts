import type { Resource } from '../../operation';
import { create } from './create';
import { getAll } from './getAll';

export const bankAccount: Resource = {
	value: 'bankAccount',
	name: 'Bank Account',
	operations: [create, getAll],
};
