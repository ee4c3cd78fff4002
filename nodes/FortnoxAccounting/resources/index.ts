import type { Resource } from '../operation';
import { account } from './account';
import { financialEntry } from './financialEntry';
import { journal } from './journal';
import { journalEntry } from './journalEntry';

export const resources: readonly Resource[] = [account, financialEntry, journal, journalEntry];
