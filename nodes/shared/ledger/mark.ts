import { createHash } from 'node:crypto';
import type { IsoDate } from './dates';

import { runSteps } from '../steps';

/**
 * The mark of an entry: the first line of a voucher's comments, by which an entry that is already in the ledger is
 * recognised before anything is posted again. It carries the facts of the entry that Fortnox has no field for.
 *
 * Form: `*n8n1;k=<key>;d=1.<digest>;n=<number>;r=<reference>;c=<currency>;x=<rate>;p;t;g=<generation>;o=<entry>;e=<place>;v=<day>;y=<purpose>;z=<check>*`
 *
 * Only characters of Fortnox's set are used; values are percent-encoded, so that `;` and `*` can't occur in them and
 * a mark can be compared as a whole. The line ends with `*`: a list that cuts comments is noticed by its absence.
 * Marks of version 0.1 have none of `g`, `o`, `e`, `v`, `y` and `z`, those of the formats 0.2 (`test/formats`) no `v` and `y`.
 * `readMark.ts` reads marks, also those that people changed.
 */
export interface Mark {
	/** Identity of the entry: 24 hex digits of a hash. Equal keys mean the same entry, or a correction of it. */
	key: string;
	/** Hash of the entry's content as it was given. */
	digest: string;
	/** The caller's own number (readable, possibly cut; the key holds all of it), absent where the node made the identity. */
	number?: string;
	reference?: string;
	/** Original currency and rate (SEK per unit, a decimal number as text) of a foreign entry. */
	currency?: string;
	rate?: string;
	/** Whether rows carry partner ids, so that lists by partner know where to look. */
	hasPartners?: boolean;
	/** Whether rows carry texts of their own, so that a list notices where its source leaves them out. */
	hasTexts?: boolean;
	/** 2 for what was posted under the key after the first was reversed, and so on; absent for the first. */
	generation?: number;
	/** Id of the entry that this one corrects. */
	corrects?: string;
	/** Of an entry without a number: hash of its place in the workflow and of the execution's id, which may come again. */
	place?: string;
	/** The day of the reversal that the entry was given with (Reverse On). */
	reversedOn?: IsoDate;
	/** Id of the entry that this one reverses. Not written: the key and the reference say it. */
	reverses?: string;
	/** Of a reversal: why it was posted. Absent where the build that wrote the mark did not say. */
	purpose?: ReversalPurpose;
}

/** Given with the entry, such as that of an accrual on the next day; or taking back what should not have been booked. */
export type ReversalPurpose = 'planned' | 'undo';

/** How marks write it. */
export const PURPOSES: Readonly<Record<ReversalPurpose, string>> = { planned: 'p', undo: 'u' };

export const MARK_START = '*n8n1;';
const MARK_END = '*';
/** In encoded characters, so that a mark never takes more than about 650 of the 1,000 characters of the comments. */
export const MAX_NUMBER = 200;
const MAX_REFERENCE = 300;

/** The first bytes of a text's SHA-256, in hex digits. Cut out of all 64, these would keep those in memory. */
export function hash(text: string, bytes: number): string {
	return createHash('sha256').update(text, 'utf8').digest().toString('hex', 0, bytes);
}

/** The key of an entry that has the caller's own number. `é` can come as one character or as two. */
export function keyOfNumber(number: string): string {
	return hash(`number\n${number.normalize('NFC')}`, 12);
}

/** The key of an entry without a number, made from what identifies its place in a workflow's execution. */
export function keyOfPlace(parts: ReadonlyArray<string | number>): string {
	return hash(`place\n${JSON.stringify(parts)}`, 12);
}

/**
 * The key of an entry that another document identifies: an entry that is reversed, corrected or spread, a voucher of a
 * SIE file, a company's VAT period, a proposal that was approved.
 */
export function keyOfOrigin(kind: 'reversal' | 'correction' | 'sie' | 'spread' | 'vat' | 'proposal', identity: string): string {
	return hash(`${kind}\n${identity}`, 12);
}

/**
 * Digest of an entry's content. Key order does not matter; absent and undefined fields are the same.
 *
 * @param version of the shape that `content` has; digests of different versions say nothing about each other
 */
export function digestOf(version: string, content: unknown): string {
	return runSteps(digestInSteps(version, content));
}

/** `digestOf` in small steps: an entry may have thousands of lines. */
export function* digestInSteps(version: string, content: unknown): Generator<undefined, string> {
	// Joined: V8 keeps a text that is put together by `+` or in a template as its parts, in twice the memory.
	return [version, hash(yield* canonicalInSteps(content), 12)].join('.');
}

/** `canonical` with a step for each element of the lists in an object. */
function* canonicalInSteps(content: unknown): Generator<undefined, string> {
	if (typeof content !== 'object' || content === null || Array.isArray(content)) return canonical(content);
	const fields: string[] = [];
	for (const [name, field] of fieldsOf(content))
		fields.push(written(name, Array.isArray(field) ? yield* listInSteps(field) : canonical(field)));
	return `{${fields.join(',')}}`;
}

function* listInSteps(list: readonly unknown[]): Generator<undefined, string> {
	const elements: string[] = [];
	for (const element of list) {
		elements.push(canonical(element));
		yield;
	}
	return `[${elements.join(',')}]`;
}

function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value === 'object' && value !== null)
		return `{${fieldsOf(value)
			.map(([name, field]) => written(name, canonical(field)))
			.join(',')}}`;
	return value === undefined ? 'null' : JSON.stringify(value);
}

/** The fields that are there, in the order of their names. */
function fieldsOf(value: object): Array<[name: string, field: unknown]> {
	return Object.entries(value)
		.filter(([, field]) => field !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
}

function written(name: string, value: string): string {
	return `${JSON.stringify(name)}:${value}`;
}

/** Percent-encodes all but letters (Latin ones), digits and a few marks, cut by whole characters to `max` encoded ones. */
function encode(text: string, max = Infinity): string {
	let encoded = '';
	for (const character of text) {
		const next = /[A-Za-z0-9À-ÖØ-öø-ÿ ._/:+-]/.test(character)
			? character
			: [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
		if (encoded.length + next.length > max) break;
		encoded += next;
	}
	return encoded;
}

/** Whether a reference can be kept whole in a mark. */
export function referenceFits(reference: string): boolean {
	return encode(reference).length <= MAX_REFERENCE;
}

/** The mark as the first line of a voucher's comments. */
export function writeMark(mark: Mark): string {
	const fields = [`k=${mark.key}`, `d=${mark.digest}`];
	if (mark.number !== undefined) fields.push(`n=${encode(mark.number, MAX_NUMBER)}`);
	if (mark.reference !== undefined) fields.push(`r=${encode(mark.reference, MAX_REFERENCE)}`);
	if (mark.currency !== undefined) fields.push(`c=${mark.currency}`);
	if (mark.rate !== undefined) fields.push(`x=${mark.rate}`);
	if (mark.hasPartners) fields.push('p');
	if (mark.hasTexts) fields.push('t');
	if (mark.generation !== undefined) fields.push(`g=${mark.generation}`);
	if (mark.corrects !== undefined) fields.push(`o=${mark.corrects}`);
	if (mark.place !== undefined) fields.push(`e=${mark.place}`);
	if (mark.reversedOn !== undefined) fields.push(`v=${mark.reversedOn}`);
	if (mark.purpose !== undefined) fields.push(`y=${PURPOSES[mark.purpose]}`);
	const body = fields.join(';');
	return `${MARK_START}${body};z=${checkOf(body)}${MARK_END}`;
}

/** Tells a mark that somebody changed from one that stands as it was written. */
export function checkOf(body: string): string {
	return hash(body, 2);
}

/** The comments of a voucher: the mark's line, then the user's own text. Fortnox accepts 1,000 characters in all. */
export function writeComments(mark: Mark, text: string | undefined): string {
	return text === undefined || text === '' ? writeMark(mark) : `${writeMark(mark)}\n${text}`;
}

/** How many characters of the user's own comments fit beside a mark. */
export function roomForComments(mark: Mark): number {
	return 1000 - writeMark(mark).length - 1;
}
