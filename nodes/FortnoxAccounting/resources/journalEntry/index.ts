import type { Resource } from '../../../shared/n8n/operation';
import { addAttachment } from './addAttachment';
import { correct } from './correct';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getAttachments } from './getAttachments';
import { getWithoutFile } from './getWithoutFile';
import { importSie } from './importSie';
import { reverse } from './reverse';
import { spread } from './spread';

export const journalEntry: Resource = {
	value: 'journalEntry',
	name: 'Journal Entry',
	operations: [create, getAll, get, correct, reverse, spread, importSie, addAttachment, getAttachments, getWithoutFile],
};
