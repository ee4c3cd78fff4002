import type { Resource } from '../../../shared/n8n/operation';
import { balanceSheet } from './balanceSheet';
import { incomeStatement } from './incomeStatement';
import { trialBalance } from './trialBalance';

export const report: Resource = {
	value: 'report',
	name: 'Report',
	operations: [balanceSheet, incomeStatement, trialBalance],
};
