import type { Resource } from '../../../shared/n8n/operation';
import { download } from './download';
import { getAll } from './getAll';

export const inbox: Resource = {
	value: 'inbox',
	name: 'Inbox',
	operations: [getAll, download],
};
