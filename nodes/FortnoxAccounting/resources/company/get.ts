import { toUnifiedCompany } from '../../../shared/unified/company';
import { toUnifiedBookYear } from '../../../shared/unified/financialYear';
import { optionsField } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { rawResponseOption } from '../../../shared/n8n/options';
import { lockedUntil } from '../../../shared/books/reading/lockedUntil';
import { withRaw } from '../../../shared/n8n/withRaw';
import { yearOf } from '../../../shared/books/year';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get company',
	description:
		'Read the company that the credential is connected to: name, organisation number, tenant ID, locked period and current financial year',
	fields: [optionsField([rawResponseOption])],
	execute: readEachItem(async (run, item) => {
		const [company, locked, years] = await Promise.all([
			run.fortnox.company({ ofThisRun: true }),
			lockedUntil(run),
			run.fortnox.financialYears({ ofThisRun: true }),
		]);
		const current = years.length === 0 ? null : toUnifiedBookYear(await yearOf(run, undefined), locked);
		return withRaw(run, item, toUnifiedCompany(company, locked, current), company);
	}),
};
