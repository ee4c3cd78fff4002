import type { Resource } from '../../operation';
import { getAll } from './getAll';

export const analyticAccount: Resource = {
	value: 'analyticAccount',
	name: 'Analytic Account',
	operations: [getAll],
};
