import type { INodeProperties } from 'n8n-workflow';
import type { FortnoxAccountWrite } from '../../../shared/fortnox/wire';
import { readDescription } from '../../../shared/ledger/formats';
import { Findings, isAbsent } from '../../../shared/unified/readObject';

/** The codes of the Swedish tax returns have four digits. */
const LEAST_SRU = 1000;

const SETTINGS = ['ALLOWED', 'MANDATORY', 'NOTALLOWED'] as const;

function settingField(displayName: string, name: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		options: [
			{ name: 'Allowed', value: 'ALLOWED' },
			{ name: 'Mandatory', value: 'MANDATORY' },
			{ name: 'Not Allowed', value: 'NOTALLOWED' },
		],
		default: 'ALLOWED',
		description: `Whether entries on the account may, must or must not have a ${what}`,
	};
}

/** What can be set on an account besides its number and name. */
export const accountFields: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether entries can be posted to the account',
	},
	settingField('Cost Center Setting', 'costCenterSetting', 'cost center'),
	settingField('Project Setting', 'projectSetting', 'project'),
	{
		displayName: 'SRU Code',
		name: 'sru',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 9999, numberPrecision: 0 },
		default: 0,
		placeholder: 'e.g. 7281',
		description: 'Code of the tax return that the account belongs to, four digits; 0 for none',
	},
	{
		displayName: 'VAT Code',
		name: 'vatCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. MP1',
		description: 'VAT code of Fortnox that the account is reported under',
	},
];

/** @throws {LedgerError} naming every field that can't be read */
export function readAccountFields(given: Record<string, unknown>): FortnoxAccountWrite {
	const findings = new Findings();
	const setting = (name: string): (typeof SETTINGS)[number] | undefined => {
		const found = SETTINGS.find((value) => value === given[name]);
		if (!isAbsent(given[name]) && found === undefined) {
			findings.add('ERROR_DATA_VALIDATION', name, `${name}: use one of ${SETTINGS.join(', ')}.`);
		}
		return found;
	};
	const name = findings.optional(given.name, readDescription, 'name');
	const sru = isAbsent(given.sru) ? undefined : Number(given.sru);
	if (sru !== undefined && sru !== 0 && sru < LEAST_SRU)
		findings.add('ERROR_DATA_VALIDATION', 'sru', `sru: ${sru} has fewer than four digits. Give a code such as 7281, or 0 for none.`);
	const vatCode = findings.text(given.vatCode, 'vatCode');
	const costCenterSetting = setting('costCenterSetting');
	const projectSetting = setting('projectSetting');
	findings.throwIfAny();
	return {
		...(name !== undefined && { Description: name }),
		...(typeof given.active === 'boolean' && { Active: given.active }),
		...(sru !== undefined && { SRU: sru }),
		...(vatCode !== undefined && { VATCode: vatCode }),
		...(costCenterSetting !== undefined && { CostCenterSettings: costCenterSetting }),
		...(projectSetting !== undefined && { ProjectSettings: projectSetting }),
	};
}
