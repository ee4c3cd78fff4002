import type { Resource } from '../operation';
import { account } from './account';
import { bankAccount } from './bankAccount';
import { financialEntry } from './financialEntry';
import { journal } from './journal';
import { journalEntry } from './journalEntry';

export const resources: readonly Resource[] = [account, bankAccount, financialEntry, journal, journalEntry];
