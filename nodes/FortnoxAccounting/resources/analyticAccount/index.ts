import type { Resource } from '../../../shared/n8n/operation';
import { getAll } from './getAll';

export const analyticAccount: Resource = {
	value: 'analyticAccount',
	name: 'Analytic Account',
	operations: [getAll],
};
