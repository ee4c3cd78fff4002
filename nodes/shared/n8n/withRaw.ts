import type { IDataObject } from 'n8n-workflow';
import { collectionParameter, parameter } from './parameters';
import type { Run } from './run';

/** The user asked for Fortnox's own object, beside the node's or in its place. */
export function wantsRaw(run: Run, item: number): boolean {
	return collectionParameter(run, 'options', item).rawResponse === true || parameter(run, 'output', item) === 'raw';
}

/** An output object, with Fortnox's own under `raw` where the user asked for it. */
export function withRaw(run: Run, item: number, json: object, raw: object): IDataObject {
	return wantsRaw(run, item) ? { ...json, raw: { ...raw } } : { ...json };
}
