import { LONGEST_COMMENTS } from './bounds';
import { checkOf, keyOfNumber, keyOfOrigin, MARK_START, MAX_NUMBER, PURPOSES, type Mark, type ReversalPurpose } from './mark';

/** What a voucher's comments say of marks, and the text that is the user's own. */
export interface ReadComments {
	/** The first mark that stands as it was written, wherever in the comments that is. */
	mark?: Mark;
	/** All of them: people copy marks. */
	marks: Mark[];
	/** Key and digest of a mark that somebody changed, where both can still be read. */
	recovered?: Mark;
	/** There is a mark, or what is left of one, that does not stand as it was written. */
	damaged: boolean;
	/** A mark begins and does not end, as where a list cuts comments. */
	cut: boolean;
	/** Keys that a damaged mark may have had. */
	suspects: string[];
	/** The rest of the comments; empty where there is none. */
	text: string;
}

const WHOLE = /\*n8n1;([^*\r\n]*)\*/g;
const DIGEST = /^\d+\.[0-9a-f]{24}$/;
const KEY = /^[0-9a-f]{24}$/;
const ENTRY_ID = /^[0-9A-Z]{1,10}-\d+-\d+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What editors, browsers and programs make of characters: entities, full width, invisible ones. */
const ENTITIES: Record<string, string> = { ast: '*', semi: ';', equals: '=', period: '.', percnt: '%', amp: '&', nbsp: ' ', num: '#' };
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;

/** Reads a voucher's comments. Where there is no mark, nor a trace of one, all of them are the user's text. */
export function readComments(comments: string | null | undefined): ReadComments {
	const given = (comments ?? '').slice(0, LONGEST_COMMENTS);
	const found = [...given.matchAll(WHOLE)].flatMap((match) => {
		const mark = markIn(fieldsOf(match[1] ?? ''));
		return mark ? [{ mark, from: match.index, to: match.index + match[0].length, stands: stands(mark, match[1] ?? '') }] : [];
	});
	if (found.length === 0) return readRemains(given);
	const marks = found.filter((one) => one.stands).map(({ mark }) => mark);
	const changed = found.filter((one) => !one.stands).map(({ mark }) => mark);
	const [mark] = marks;
	const [recovered] = changed;
	return {
		...(mark && { mark }),
		marks,
		...(recovered && { recovered }),
		damaged: changed.length > 0,
		cut: false,
		suspects: changed.flatMap(keysBehind),
		text: textBeside(given, found),
	};
}

/** The user's own text: what follows on the line after the mark, or stands anywhere else beside it. */
function textBeside(comments: string, found: ReadonlyArray<{ from: number; to: number }>): string {
	const parts: string[] = [];
	let from = 0;
	for (const mark of found) {
		parts.push(comments.slice(from, mark.from));
		from = mark.to;
	}
	const [before = ''] = parts;
	const after = withoutFirstLineEnd(comments.slice(from));
	if (parts.length === 1 && before === '') return after.trim() === '' ? '' : after;
	return [...parts, after]
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.join('\n');
}

/** The text without the blanks and the line end that it begins with. */
function withoutFirstLineEnd(text: string): string {
	return text.replace(/^[^\S\n]*\n/, '');
}

/** Where what is left of a mark begins, though it be wrapped. */
const BEGINNING = /\*?[ \t]?n\s?8\s?n\s?1\s?;/i;

/** From its beginning to its end; undefined where one of them is missing. */
function extentIn(text: string): string | undefined {
	const beginning = BEGINNING.exec(text);
	if (beginning === null) return undefined;
	const end = text.indexOf('*', beginning.index + beginning[0].length);
	return end === -1 ? undefined : text.slice(beginning.index, end + 1);
}

/** Comments without a whole mark: traces of one, or none. */
function readRemains(comments: string): ReadComments {
	const none = { marks: [], damaged: false, cut: false, suspects: [], text: comments };
	if (comments.startsWith('*n') && MARK_START.startsWith(comments)) return { ...none, damaged: true, cut: true, text: '' };
	const plain = normalized(comments);
	const compact = plain.replace(/\s+/g, '').toLowerCase();
	if (!/n8n1;|[;*]k=[0-9a-f]{8}|d=\d{1,2}\.[0-9a-f]{8}/.test(compact)) return none;
	const extent = extentIn(plain);
	// What is wrapped is put together again; where the end is lost, the mark ends with its line at the latest.
	const body = extent === undefined ? plain.replace(/[\r\n]/g, ';') : extent.replace(/[\r\n]/g, '').slice(0, -1);
	const fields = fieldsOf(body);
	const key = /k=([0-9a-f]{24})(?![0-9a-f])/.exec(compact)?.[1];
	const digest = /d=(\d{1,2}\.[0-9a-f]{24})(?![0-9a-f])/.exec(compact)?.[1];
	const number = fields.get('n');
	const recovered = key !== undefined && digest !== undefined ? markIn(new Map([...fields, ['k', key], ['d', digest]])) : undefined;
	return {
		marks: [],
		...(recovered && { recovered }),
		damaged: true,
		cut: extent === undefined,
		suspects: [key, number === undefined ? undefined : keyOfNumber(decode(number))].filter((suspect) => suspect !== undefined),
		text: extent === undefined ? '' : plain.replace(extent, '\n').trim(),
	};
}

function normalized(comments: string): string {
	return comments
		.replace(/&(?:#(\d{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-z]{2,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) return ENTITIES[name] ?? whole;
			return String.fromCodePoint(decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16));
		})
		.normalize('NFKC')
		.replace(INVISIBLE, '');
}

function fieldsOf(body: string): Map<string, string> {
	const fields = new Map<string, string>();
	for (const field of body.split(';')) {
		const equals = field.indexOf('=');
		if (equals === -1) fields.set(field.trim(), '');
		else fields.set(field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1));
	}
	return fields;
}

function markIn(fields: ReadonlyMap<string, string>): Mark | undefined {
	const key = fields.get('k');
	const digest = fields.get('d');
	if (key === undefined || digest === undefined || !KEY.test(key) || !DIGEST.test(digest)) return undefined;
	const number = fields.get('n');
	const reference = fields.get('r');
	const generation = Number(fields.get('g'));
	const currency = fields.get('c');
	const rate = fields.get('x');
	const corrects = fields.get('o');
	const place = fields.get('e');
	const reversedOn = fields.get('v') ?? '';
	const mark: Mark = {
		key: apart(key),
		digest: apart(digest),
		...(number !== undefined && { number: decode(number) }),
		...(reference !== undefined && { reference: decode(reference) }),
		...(currency !== undefined && { currency }),
		...(rate !== undefined && { rate }),
		...(fields.has('p') && { hasPartners: true }),
		...(fields.has('t') && { hasTexts: true }),
		...(generation > 1 && { generation }),
		...(corrects !== undefined && { corrects }),
		...(place !== undefined && { place }),
		...(DAY.test(reversedOn) && { reversedOn }),
	};
	const reverses = reversedBy(mark);
	if (reverses === undefined) return mark;
	const purpose = purposeIn(fields);
	return { ...mark, reverses, ...(purpose !== undefined && { purpose }) };
}

/** Version 0.1, whose marks have no check, had no planned reversals. */
function purposeIn(fields: ReadonlyMap<string, string>): ReversalPurpose | undefined {
	if (fields.get('y') === PURPOSES.planned) return 'planned';
	return fields.get('y') === PURPOSES.undo || !fields.has('z') ? 'undo' : undefined;
}

/** The entry that a reversal's mark reverses: the one whose id its key is made of. */
function reversedBy({ key, number, reference }: Mark): string | undefined {
	if (number !== undefined || reference === undefined || !ENTRY_ID.test(reference)) return undefined;
	return key === keyOfOrigin('reversal', reference) ? reference : undefined;
}

/** Whether nobody changed a mark: by its check where it has one (since 0.2), else by its number where that is whole. */
function stands(mark: Mark, body: string): boolean {
	const check = /^(.*);z=([0-9a-f]*)$/.exec(body);
	if (check) return check[2] === checkOf((check[1] ?? '').normalize('NFC'));
	if (/;z=?/.test(body)) return false;
	const number = /(?:^|;)n=([^;]*)/.exec(body)?.[1];
	const isWhole = number !== undefined && number.length < MAX_NUMBER - 12;
	return !isWhole || mark.key === keyOfNumber(decode(number));
}

function keysBehind({ key, number }: Mark): string[] {
	return number === undefined ? [key] : [key, keyOfNumber(number)];
}

/** The same text for itself: as the part of the comments that it is, it would keep all of them in memory, for 100,000 marks. */
function apart(text: string): string {
	return Buffer.from(text, 'utf8').toString('utf8');
}

function decode(text: string): string {
	if (!text.includes('%')) return apart(text);
	return Buffer.from(
		text.replace(/%([0-9A-Fa-f]{2})|[^%]|%/g, (found, hex: string | undefined) => hex ?? Buffer.from(found, 'utf8').toString('hex')),
		'hex',
	).toString('utf8');
}
