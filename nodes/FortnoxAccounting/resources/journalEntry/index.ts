import type { Resource } from '../../operation';
import { addAttachment } from './addAttachment';
import { create } from './create';
import { get } from './get';
import { getAttachments } from './getAttachments';
import { reverse } from './reverse';

export const journalEntry: Resource = {
	value: 'journalEntry',
	name: 'Journal Entry',
	operations: [addAttachment, create, get, getAttachments, reverse],
};
