import type { INodeProperties } from 'n8n-workflow';

import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.ts';
import { FortnoxAccountingTrigger } from '../../nodes/FortnoxAccountingTrigger/FortnoxAccountingTrigger.node.ts';

interface Found {
	path: string;
	field: INodeProperties;
}

/** All fields of a node, with those inside collections. */
function fieldsOf(properties: readonly INodeProperties[], path = ''): Found[] {
	return properties.flatMap((field) => {
		const own = `${path}${field.name}`;
		const inner = (field.options ?? []).flatMap((option) => {
			if ('values' in option) return fieldsOf(option.values, `${own}.${option.name}.`);
			return 'type' in option ? fieldsOf([option], `${own}.`) : [];
		});
		return [{ path: own, field }, ...inner];
	});
}

const nodes = [new FortnoxAccounting(), new FortnoxAccountingTrigger()];
const fields = nodes.flatMap(({ description }) => fieldsOf(description.properties));
const ofType = (type: INodeProperties['type']): Found[] => fields.filter(({ field }) => field.type === type);

/** What is counted: n8n's widget for numbers drops a decimal comma, so nothing that may have one is a number field. */
const COUNTS = ['maxDaysApart', 'limit', 'lineNumber', 'maxWait', 'outcomeTimeout', 'sru'];

describe('the description of the nodes', () => {
	it('has number fields for what is counted alone, and none for money or rates', () => {
		const others = ofType('number').filter(({ field }) => !COUNTS.includes(field.name) || (field.typeOptions?.numberPrecision ?? 0) > 0);
		expect(others.map(({ path }) => path)).toEqual([]);
	});

	it('has days alone in its date fields, because n8n throws away what is typed else', () => {
		const dates = ofType('dateTime');
		expect(dates.length).toBeGreaterThan(10);
		expect(dates.filter(({ field }) => field.typeOptions?.dateOnly !== true).map(({ path }) => path)).toEqual([]);
	});

	it('has locators that validate what is typed, and take nothing and expressions', () => {
		const modes = ofType('resourceLocator').flatMap(({ path, field }) => (field.modes ?? []).filter(({ type }) => type === 'string').map((mode) => ({ path, mode })));
		expect(modes.length).toBeGreaterThan(20);
		for (const { path, mode } of modes) {
			const [check] = mode.validation ?? [];
			const properties = typeof check === 'object' && 'properties' in check ? check.properties : {};
			const { regex } = { regex: '', ...properties };
			expect([path, regex]).toEqual([path, expect.stringMatching(/^\^.+\$$/)]);
			expect(new RegExp(regex).test('')).toBe(true);
		}
	});
});
