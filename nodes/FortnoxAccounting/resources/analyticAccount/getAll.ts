import { unlessNotAllowed } from '../../../shared/fortnox/tolerate';
import { LedgerError } from '../../../shared/ledger/problems';
import { costCenterToAnalytic, projectToAnalytic } from '../../../shared/unified/analyticAccount';
import { isAbsent } from '../../../shared/unified/readObject';
import type { UnifiedAnalyticAccount } from '../../../shared/unified/types';
import { filtersField, optionsField, returnAllFields } from '../../../shared/n8n/fields';
import { readEachItem, type Operation } from '../../../shared/n8n/operation';
import { collectionParameter, limitParameter } from '../../../shared/n8n/parameters';
import { rawResponseOption } from '../../../shared/n8n/options';
import type { Run } from '../../../shared/n8n/run';
import { withRaw } from '../../../shared/n8n/withRaw';

interface Listed {
	account: UnifiedAnalyticAccount;
	raw: object;
}

const PLANS = ['cost_center', 'project'] as const;

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many analytic accounts',
	description: 'List cost centers and projects, as analytic accounts of two plans',
	fields: [
		...returnAllFields,
		filtersField([
			{
				displayName: 'Active',
				name: 'active',
				type: 'boolean',
				default: true,
				description: 'Whether to return cost centers and projects that take entries, or closed ones',
			},
			{
				displayName: 'Plan',
				name: 'plan',
				type: 'options',
				options: [
					{ name: 'Cost Center', value: 'cost_center' },
					{ name: 'Project', value: 'project' },
				],
				default: 'cost_center',
				description: 'Only the cost centers, or only the projects',
			},
		]),
		optionsField([rawResponseOption]),
	],
	execute: readEachItem(async (run, item) => {
		const { plan, active } = collectionParameter(run, 'filters', item);
		const wanted = PLANS.find((known) => known === plan);
		if (!isAbsent(plan) && wanted === undefined) {
			throw new LedgerError({
				code: 'ERROR_ANALYTIC_PLAN_NOT_FOUND',
				field: 'plan',
				message: `plan: the plans are ${PLANS.join(' and ')}, not '${String(plan)}'.`,
			});
		}
		const listed = await Promise.all(
			PLANS.filter((each) => wanted === undefined || each === wanted).map(async (each) => {
				// A plan that was asked for by name must be readable; of both, the readable one is better than none.
				if (wanted !== undefined) return await readPlan(run, each);
				return (await unlessNotAllowed(readPlan(run, each), () => run.hint(MISSING[each]))) ?? [];
			}),
		);
		return listed
			.flat()
			.filter(({ account }) => typeof active !== 'boolean' || account.active === active)
			.slice(0, limitParameter(run, item))
			.map(({ account, raw }) => withRaw(run, item, account, raw));
	}),
};

const MISSING: Record<(typeof PLANS)[number], string> = {
	cost_center: 'The credential is not allowed to read cost centers (scope costcenter), so only projects are listed.',
	project: 'The credential is not allowed to read projects (scope project), so only cost centers are listed.',
};

async function readPlan(run: Run, plan: (typeof PLANS)[number]): Promise<Listed[]> {
	return plan === 'project'
		? (await run.fortnox.projects({ ofThisRun: true })).map((raw) => ({ account: projectToAnalytic(raw), raw }))
		: (await run.fortnox.costCenters({ ofThisRun: true })).map((raw) => ({ account: costCenterToAnalytic(raw), raw }));
}
