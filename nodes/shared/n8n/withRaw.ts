import type { IDataObject } from 'n8n-workflow';
import { collectionParameter } from './parameters';
import type { Run } from './run';

/** An output object, with Fortnox's own under `raw` where the user asked for it. */
export function withRaw(run: Run, item: number, json: object, raw: object): IDataObject {
	return collectionParameter(run, 'options', item).rawResponse === true ? { ...json, raw: { ...raw } } : { ...json };
}
