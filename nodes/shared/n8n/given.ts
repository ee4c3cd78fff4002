import type { IExecuteFunctions, INode, INodeProperties } from 'n8n-workflow';
import { LedgerError, type Problem } from '../ledger/problems';
import { isAbsent, locatorValue } from '../unified/readObject';
import { evaluateFor, type Evaluate } from './expressions';
import { GivenReader } from './givenReader';

/** The parameters of one item by name, each as its field declares it. What was left out is absent; locators are plain. */
export type Given = Readonly<Record<string, unknown>>;

/** Where an operation's parameters come from. */
export interface ParameterSource {
	/** As n8n stores them, expressions unevaluated. */
	stored: INode['parameters'];
	/** Evaluates a parameter for an item. */
	value(name: string): unknown;
	/** Evaluates an expression for an item, where the context can. */
	evaluate?: Evaluate;
}

interface ReadParameters {
	given: Given;
	hints: readonly string[];
	problems: readonly Problem[];
}

/**
 * Reads all parameters that an operation declares, for one item.
 *
 * @returns the values; what the user should know of them; and each parameter that is not what its field
 * declares (ERROR_EXPRESSION_EMPTY where an expression gives nothing, otherwise ERROR_DATA_VALIDATION)
 */
export function readGiven(fields: readonly INodeProperties[], source: ParameterSource): ReadParameters {
	const reader = new GivenReader(source.evaluate);
	const given: Record<string, unknown> = {};
	for (const field of fields) {
		const stored = source.stored[field.name];
		const value = reader.evaluated(field.name, stored, () => source.value(field.name));
		// What is not shown is kept where it was given all the same, so that its operation can object to it.
		if ((isAbsent(locatorValue(value)) || isGroup(field)) && !isShown(field, given)) continue;
		const read = reader.read(field, { value, stored, siblings: {} }, { path: field.name, name: field.name });
		if (read !== undefined) given[field.name] = read;
	}
	return { given, hints: reader.hints, problems: reader.problems };
}

/**
 * Reads an item's parameters when they are first asked for, and keeps them.
 *
 * @param hint is called once per item and thing to tell
 * @returns the parameters of an item, or throws a LedgerError with all of them that can't be read
 */
export function givenBy(
	context: IExecuteFunctions,
	fields: readonly INodeProperties[],
	hint: (message: string, item: number) => void,
): (item: number) => Given {
	const stored = context.getNode().parameters;
	const known = new Map<number, ReadParameters>();
	const read = (item: number): ReadParameters => {
		const value = (name: string): unknown => context.getNodeParameter(name, item, null);
		const parameters = readGiven(fields, { stored, value, evaluate: evaluateFor(context, item) });
		known.set(item, parameters);
		parameters.hints.forEach((message) => hint(message, item));
		return parameters;
	};
	return (item) => {
		const { given, problems } = known.get(item) ?? read(item);
		if (problems.length > 0) throw new LedgerError(problems);
		return given;
	};
}

function isGroup({ type }: INodeProperties): boolean {
	return type === 'collection' || type === 'fixedCollection';
}

/** Whether a field is shown beside the values that were read before it, as n8n's editor decides it. */
function isShown({ displayOptions }: INodeProperties, given: Given): boolean {
	const meets = (conditions: Record<string, unknown> = {}): boolean[] =>
		Object.entries(conditions).flatMap(([name, wanted]) => (name in given && Array.isArray(wanted) ? [wanted.includes(given[name])] : []));
	return meets(displayOptions?.show).every(Boolean) && !meets(displayOptions?.hide).some(Boolean);
}
