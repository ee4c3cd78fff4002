import type { IDataObject, INodeParameters, INodeProperties, NodeParameterValueType } from 'n8n-workflow';

import type { EngineError } from '../../../engine';
import { FortnoxAccounting } from '../../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { OF_A_TEXT } from '../../../nodes/shared/n8n/wholeCollections';

/** The parameters of every operation, from the node's own description, and a valid value for each that is required. */

export interface Probe {
	/** Such as `options.dryRun` or `lines.line[].account`. */
	path: string;
	field: INodeProperties;
	/** Puts a value there, and what has to be given for the field to be shown. */
	given(value: NodeParameterValueType): INodeParameters;
}

export function probesOf(fields: readonly INodeProperties[]): Probe[] {
	return fields.flatMap((field): Probe[] => {
		const shown = shownBy(field);
		if (field.type === 'collection') {
			return optionsOf(field).flatMap((inner) => nested(field, inner, (value) => ({ ...shown, [field.name]: value })));
		}
		if (field.type === 'fixedCollection') {
			return (field.options ?? []).flatMap((list) =>
				'values' in list
					? list.values.flatMap((inner) =>
							nested({ ...field, name: `${field.name}.${list.name}[]` }, inner, (value) => ({
								...shown,
								[field.name]: { [list.name]: [value, value] },
							})),
						)
					: [],
			);
		}
		return [{ path: field.name, field, given: (value) => ({ ...shown, [field.name]: value }) }];
	});
}

function nested({ name }: INodeProperties, inner: INodeProperties, around: (value: INodeParameters) => INodeParameters): Probe[] {
	return probesOf([inner]).map((probe) => ({ ...probe, path: `${name}.${probe.path}`, given: (value) => around(probe.given(value)) }));
}

/** The values beside a field that n8n shows it for; else it would drop what is given for it. */
function shownBy({ displayOptions }: INodeProperties): INodeParameters {
	const shown = Object.entries(displayOptions?.show ?? {}).filter(([name]) => !['resource', 'operation'].includes(name));
	const hidden = Object.keys(displayOptions?.hide ?? {});
	return {
		...Object.fromEntries(
			shown.map(([name, values]): [string, NodeParameterValueType] => {
				const first = values?.[0];
				return [name, typeof first === 'boolean' ? first : String(first)];
			}),
		),
		...Object.fromEntries(hidden.map((name) => [name, 'EUR'])),
	};
}

function optionsOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'type' in option && option.name !== OF_A_TEXT);
}

const description = new FortnoxAccounting().description;

export function operationsOfNode(): Array<{ resource: string; operation: string; fields: INodeProperties[] }> {
	return description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((menu) =>
			(menu.displayOptions?.show?.resource ?? []).flatMap((resource) =>
				(menu.options ?? []).map((option) => ({
					resource: String(resource),
					operation: 'value' in option ? String(option.value) : '',
					fields: description.properties.filter(
						({ displayOptions: { show } = {} }) =>
							show?.resource?.includes(resource) && 'value' in option && show.operation?.includes(option.value),
					),
				})),
			),
		);
}

/** Values for what an operation requires, beside the parameter that is tried. */
const REQUIRED: INodeParameters = {
	accountNumber: '1930',
	accounts: '1930',
	amount: 100,
	balanceAccount: '1790',
	bankName: 'SEB',
	binaryPropertyName: 'data',
	code: 'TST',
	currency: 'SEK',
	date: '2026-06-01',
	dateFrom: '2026-01-01',
	dateTo: '2026-12-31',
	end: '2026-05',
	financialCounterpartAccount: '1930',
	firstMonth: '2026-05',
	journalEntryId: 'A-1-4',
	journalId: 'A',
	lastMonth: '2026-06',
	name: 'Konto',
	number: '1939',
	period: '2026-05',
	resultAccount: '5010',
};

const LINES = { linesSource: 'json', linesJson: '[{"account":"1930","debit":1},{"account":"3004","credit":1}]' };

export function validFor(fields: readonly INodeProperties[]): INodeParameters {
	const required = fields.filter((field) => field.required).map(({ name }): [string, NodeParameterValueType] => [name, REQUIRED[name]]);
	return { ...(fields.some(({ name }) => name === 'linesJson') && LINES), ...Object.fromEntries(required) };
}

/** The fields that an error names. */
export function named(error: EngineError | undefined): string[] {
	const problems = (error?.context?.problems ?? []) as IDataObject[];
	return problems.map(({ field }) => String(field));
}

/** How often an error says that nothing was posted, written or sent: errors are composed, and each part may say it. */
export function timesNothing(error: EngineError | undefined): number {
	return error?.message.match(/\bnothing was (posted|written|sent)\b/gi)?.length ?? 0;
}
