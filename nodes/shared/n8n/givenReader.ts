import type { INodeProperties } from 'n8n-workflow';
import type { ErrorCode } from '../ledger/errorCodes';
import { MOST_DEPTH } from '../ledger/bounds';
import { readAmount } from '../ledger/money';
import { whyNoId, whyNoName, whyNoText } from '../ledger/nonsense';
import type { Problem, Reading } from '../ledger/problems';
import { isAbsent, isObject, isTooDeep, locatorValue } from '../unified/readObject';
import { conform } from './conform';
import { LOOK_AGAIN } from './emptyDate';
import { isExpression, isExpressionAsText, partThatGivesNothing, shownExpression, type Evaluate } from './expressions';
import { OF_A_TEXT, propertiesOf } from './wholeCollections';

/**
 * Free texts, and fields of a line that most lines leave empty: where an expression gives nothing for one of these, no
 * other entry comes of it than was meant, so it is reported and not refused. A line's field is named `lines.…`.
 */
const MAY_GIVE_NOTHING = new Set([
	'additionalFields.accountName',
	'additionalFields.comments',
	'additionalFields.reference',
	'description',
	'entryDescription',
	'lines.analytic_distribution',
	'lines.cost_center',
	'lines.description',
	'lines.project',
	'lines.tax_code',
	'lines.tax_info.description',
]);

/** Free texts: what people write is left to them, but for what no person writes. */
const FREE_TEXTS = new Set([
	'additionalFields.comments',
	'description',
	'entryDescription',
	'lines.description',
	'lines.tax_info.description',
]);

/** What things are called: Fortnox lacks some characters, which are replaced with a hint, those that are not shown among them. */
const NAMES = ['accountName', 'bankName', 'information', 'name'];

/** A number in version 0.1, whose 0 stands in saved workflows where nobody typed anything. */
const EMPTY_AS_ZERO = 'tax_info.tax_amount';

/** Of these pairs each line or item fills one. */
const EITHER: Readonly<Record<string, string>> = { debit: 'credit', credit: 'debit', iban: 'accountNumber', accountNumber: 'iban' };

/** A value, what is stored for it, and the values beside it in its line or collection. */
interface Candidate {
	value: unknown;
	/** Undefined where the value is part of what an expression gave. */
	stored: unknown;
	siblings: Readonly<Record<string, unknown>>;
	/** It is part of what an expression gave. */
	inExpression?: boolean;
}

/** How messages name a field, and its name among the fields of the node. */
interface Place {
	path: string;
	name: string;
}

/** Reads values as their fields declare them, and collects what is wrong with them and what is worth a hint. */
export class GivenReader {
	readonly problems: Problem[] = [];

	readonly hints: string[] = [];

	constructor(private readonly evaluate: Evaluate | undefined) {}

	/** The value of a parameter; an expression that can't be evaluated is noted. */
	evaluated(path: string, stored: unknown, value: () => unknown): unknown {
		try {
			const found = value();
			if (!isTooDeep(found)) return found;
			this.note('ERROR_DATA_VALIDATION', path, `the value is nested more than ${MOST_DEPTH} levels deep. Give one that is flatter.`);
			return null;
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			const expression = isExpression(stored) ? ` ${shownExpression(stored)}` : '';
			this.note('ERROR_DATA_VALIDATION', path, `the expression${expression} can't be evaluated: ${reason}`);
			return null;
		}
	}

	/** A field's value as it is declared; undefined where it was left out, or is noted as a problem. */
	read(field: INodeProperties, candidate: Candidate, place: Place): unknown {
		const known = this.problems.some((problem) => problem.field === place.path);
		if (known) return undefined;
		if (field.type === 'collection') return this.readCollection(field, candidate, place);
		if (field.type === 'fixedCollection') return this.readLists(field, candidate, place);
		const stored = storedValue(candidate.stored);
		if (stored === 0 && place.name.endsWith(EMPTY_AS_ZERO)) return undefined;
		const value = field.type === 'resourceLocator' ? locatorValue(candidate.value) : candidate.value;
		if (isAbsent(value) && !isOfferedEmpty(field, value)) return this.readNothing(field, { ...candidate, value, stored }, place);
		if (isExpressionAsText(stored)) return this.noteFixed(place, stored);
		const part = this.emptyPart(stored, place);
		if (part !== undefined) return this.noteEmpty(place, part);
		const reading = withoutNonsense(conform(field, value), field, place);
		if (reading.problem === undefined) return reading.value;
		this.note('ERROR_DATA_VALIDATION', place.path, reading.problem);
		return undefined;
	}

	/** A field that was left empty is no problem; an expression that gives nothing is one, with few exceptions. */
	private readNothing(field: INodeProperties, { value, stored, siblings, inExpression }: Candidate, place: Place): unknown {
		const takesWords = field.type === 'boolean' || field.type === 'options';
		if (!isExpression(stored)) {
			if (isAddedDate(field, place) && inExpression !== true) return this.noteEmptyDate(place);
			const isMeant = takesWords && (inExpression === true || value === '');
			if (isMeant) this.note('ERROR_DATA_VALIDATION', place.path, `it is empty. Give ${wordsOf(field)}, or leave the field out.`);
			return isMeant ? undefined : (value ?? undefined);
		}
		const partner = EITHER[field.name];
		if (partner !== undefined && !isNothingOrZero(siblings[partner])) return undefined;
		if (!MAY_GIVE_NOTHING.has(place.name)) return this.noteEmpty(place, stored.slice(1));
		this.hints.push(`${place.path}: the expression ${shownExpression(stored)} gives nothing, so the field was left empty.`);
		return undefined;
	}

	/** The part of an expression that gives nothing within a number, a name or an id. */
	private emptyPart(stored: unknown, { name }: Place): string | undefined {
		if (!isExpression(stored) || this.evaluate === undefined || FREE_TEXTS.has(name)) return undefined;
		return partThatGivesNothing(stored, this.evaluate);
	}

	private readCollection(field: INodeProperties, { value, stored }: Candidate, place: Place): unknown {
		if (isAbsent(value)) {
			if (isExpression(stored)) this.noteEmpty(place, stored.slice(1));
			return undefined;
		}
		if (!isObject(value)) {
			this.note('ERROR_DATA_VALIDATION', place.path, `give an object whose fields are those of '${field.displayName}'.`);
			return undefined;
		}
		if (OF_A_TEXT in value) return this.noteWhole(field, value[OF_A_TEXT], place);
		// In messages the fields of a collection go by their own name, as those beside it do; those of a line's by their path.
		const inLine = place.name.includes('.');
		return this.readObject(propertiesOf(field), { value, stored, siblings: value }, (name) => ({
			path: inLine ? `${place.path}.${name}` : name,
			name: `${place.name}.${name}`,
		}));
	}

	/** A fixed collection has named lists (or single objects) of fields, such as the lines of an entry. */
	private readLists(field: INodeProperties, { value, stored }: Candidate, place: Place): unknown {
		if (isAbsent(value)) {
			if (isExpression(stored)) this.noteEmpty(place, stored.slice(1));
			return undefined;
		}
		const read: Record<string, unknown[]> = {};
		for (const option of field.options ?? []) {
			if (!('values' in option)) continue;
			const elements = isObject(value) ? value[option.name] : undefined;
			const storedElements = isObject(stored) ? stored[option.name] : stored;
			if (elements === undefined) continue;
			read[option.name] = asList(elements).map((element, index) => {
				const path = `${place.path}[${index}]`;
				if (!isObject(element)) {
					this.note('ERROR_DATA_VALIDATION', path, 'give an object.');
					return undefined;
				}
				const candidate = { value: element, stored: asList(storedElements)[index], siblings: element };
				return this.readObject(option.values, candidate, (name) => ({ path: `${path}.${name}`, name: `${place.name}.${name}` }));
			});
		}
		if (!isObject(value) || Object.keys(value).some((name) => !(name in read))) {
			const names = (field.options ?? []).map(({ name }) => name).join(', ');
			this.note('ERROR_DATA_VALIDATION', place.path, `give an object with the list '${names}'.`);
		}
		return read;
	}

	private readObject(fields: readonly INodeProperties[], { value, stored }: Candidate, placeOf: (name: string) => Place): unknown {
		const values = isObject(value) ? value : {};
		const read: Record<string, unknown> = {};
		for (const name of Object.keys(values)) {
			const place = placeOf(name);
			const field = fields.find((one) => one.name === name);
			if (field === undefined) {
				const known = fields.map((one) => one.name).join(', ');
				this.note('ERROR_DATA_VALIDATION', place.path, `there is no such field. The fields are ${known}.`);
				continue;
			}
			const candidate = {
				value: values[name],
				stored: isObject(stored) ? stored[name] : undefined,
				siblings: values,
				inExpression: !isObject(stored),
			};
			const one = this.read(field, candidate, place);
			if (one !== undefined) read[name] = one;
		}
		return read;
	}

	private noteEmpty({ path }: Place, expression: string): undefined {
		const shown = shownExpression(`=${expression}`);
		this.note(
			'ERROR_EXPRESSION_EMPTY',
			path,
			`the expression ${shown} gives nothing, which is not the same as a field left empty. Correct it (is the field called otherwise in the input?), or clear the field if nothing is meant.`,
		);
		return undefined;
	}

	/** A date that was added to a collection is meant: without a filter more is read, without another one something else is posted. */
	private noteEmptyDate({ path, name }: Place): undefined {
		if (name.startsWith('filters.')) this.hints.push(`${path}: the filter is empty, so it leaves nothing out. ${LOOK_AGAIN}`);
		else
			this.note(
				'ERROR_DATA_VALIDATION',
				path,
				`the field was added and is empty. Give the day, as 2026-03-31, or remove the field if none is meant. ${LOOK_AGAIN}`,
			);
		return undefined;
	}

	private noteFixed({ path }: Place, text: string): undefined {
		const shown = shownExpression(`=${text}`);
		this.note('ERROR_DATA_VALIDATION', path, `${shown} is plain text here, since the field is set to Fixed. Set the field to Expression.`);
		return undefined;
	}

	/** A text or a list in place of a collection; an empty list is how some programs write an empty object. */
	private noteWhole({ displayName }: INodeProperties, length: unknown, { path }: Place): undefined {
		if (length === 0) return undefined;
		this.note(
			'ERROR_DATA_VALIDATION',
			path,
			`one expression or text stands for all of '${displayName}', and n8n passes nothing of it on. Add the fields that are meant, each with an expression of its own.`,
		);
		return undefined;
	}

	private note(code: ErrorCode, field: string, message: string): void {
		this.problems.push({ code, field, message: `${field}: ${message}` });
	}
}

/** What is stored for a locator is an object, too; an expression stands in its value. */
function storedValue(stored: unknown): unknown {
	return locatorValue(stored);
}

function isAddedDate({ type }: INodeProperties, { name }: Place): boolean {
	return type === 'dateTime' && name.includes('.');
}

/** A choice may have an empty value of its own, such as 'Not Given'. */
function isOfferedEmpty({ type, options = [] }: INodeProperties, value: unknown): boolean {
	return type === 'options' && value === '' && options.some((option) => 'value' in option && option.value === '');
}

function withoutNonsense(reading: Reading<unknown>, field: INodeProperties, { name }: Place): Reading<unknown> {
	if (reading.problem !== undefined || field.type === 'json' || typeof reading.value !== 'string') return reading;
	const why = FREE_TEXTS.has(name) ? whyNoText : NAMES.includes(field.name) ? whyNoName : whyNoId;
	const problem = why(reading.value);
	return problem === undefined ? reading : { problem };
}

function isNothingOrZero(value: unknown): boolean {
	if (isAbsent(value)) return true;
	const amount = readAmount(value);
	return amount.problem === undefined && amount.value === 0;
}

function wordsOf({ type, options = [] }: INodeProperties): string {
	if (type === 'boolean') return 'true or false';
	return options.flatMap((option) => ('value' in option ? [String(option.value)] : [])).join(', ');
}

function asList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	return value === undefined ? [] : [value];
}
