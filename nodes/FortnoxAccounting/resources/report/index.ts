import type { Resource } from '../../../shared/n8n/operation';
import { trialBalance } from './trialBalance';

export const report: Resource = {
	value: 'report',
	name: 'Report',
	operations: [trialBalance],
};
