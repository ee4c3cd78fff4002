import type { Resource } from '../../../shared/n8n/operation';
import { balanceSheet } from './balanceSheet';
import { checkLedger } from './checkLedger';
import { incomeStatement } from './incomeStatement';
import { reconcile } from './reconcile';
import { trialBalance } from './trialBalance';

export const report: Resource = {
	value: 'report',
	name: 'Report',
	operations: [incomeStatement, balanceSheet, trialBalance, checkLedger, reconcile],
};
