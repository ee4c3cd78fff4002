import type { IDataObject } from 'n8n-workflow';
import type { Handed as HandedOn } from '../shared/fortnox/socket/hub';
import type { Topic, TopicEvent } from '../shared/fortnox/socket/messages';
import { isObject } from '../shared/unified/readObject';

/** By topic: the last event that was heard, or handed on. */
type Offsets = ReadonlyMap<string, HandedOn>;

/** Keeps how far events were heard, and how far what they brought was handed on: there a replay begins. */
export class Handed {
	private heard = new Map<string, HandedOn>();

	private handed: Offsets;

	/** @param kept the workflow's static data, with what `handOn` gave under `offsets` */
	constructor(kept: IDataObject) {
		this.handed = offsetsIn(kept.offsets);
	}

	of(topic: Topic): HandedOn | undefined {
		return this.handed.get(topic);
	}

	hear({ topic, offset, at }: TopicEvent): void {
		this.heard.set(topic, { offset, at: at ?? 0 });
	}

	heardSoFar(): Offsets {
		return new Map(this.heard);
	}

	/** @returns what to keep */
	handOn(heard: Offsets): IDataObject {
		this.handed = new Map([...this.handed, ...heard]);
		return Object.fromEntries([...this.handed].map(([topic, { offset, at }]) => [topic, { offset, at }]));
	}
}

function offsetsIn(stored: unknown): Offsets {
	const offsets = new Map<string, HandedOn>();
	for (const [topic, value] of Object.entries(isObject(stored) ? stored : {})) {
		if (isObject(value) && typeof value.offset === 'string') offsets.set(topic, { offset: value.offset, at: Number(value.at) || 0 });
	}
	return offsets;
}
