import { readPercentage } from '../ledger/formats';
import { addUpTo100 } from '../ledger/shares';
import type { DraftLine, DraftShare } from './entryDraft';
import { isAbsent, isObject, locatorValue, parseIfText, type Findings } from './readObject';

const SHARE_FIELDS = ['analytic_account', 'percentage'] as const;

/**
 * Where the line goes: `cost_center` and `project` name one each; `analytic_distribution` may divide it. What was read has
 * both, and they say the same; others must not differ.
 */
export function readDimensions(
	line: Record<string, unknown>,
	field: string,
	findings: Findings,
): Pick<DraftLine, 'costCenters' | 'projects'> {
	const plans = readDistribution(line.analytic_distribution, `${field}.analytic_distribution`, findings);
	const own = (plan: 'cost_center' | 'project'): DraftShare[] => {
		const code = findings.name(locatorValue(line[plan]), `${field}.${plan}`);
		if (code !== undefined && plans[plan].some((share) => share.code !== code)) {
			findings.add(
				'ERROR_DATA_VALIDATION',
				`${field}.${plan}`,
				`${field}.${plan}: the line has a ${plan} of its own and another one in analytic_distribution. Give it once.`,
			);
		}
		return plans[plan].length > 0 ? plans[plan] : [{ percentage: 100, ...(code !== undefined && { code }) }];
	};
	return { costCenters: own('cost_center'), projects: own('project') };
}

interface Plans {
	cost_center: DraftShare[];
	project: DraftShare[];
}

function readDistribution(given: unknown, field: string, findings: Findings): Plans {
	const plans: Plans = { cost_center: [], project: [] };
	const distribution = parseIfText(given, field, findings);
	if (isAbsent(distribution)) return plans;
	if (!Array.isArray(distribution)) {
		findings.add('ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT', field, `${field}: give a list of plans, each with its analytic_accounts.`);
		return plans;
	}
	distribution.forEach((plan: unknown, index) => {
		const at = `${field}[${index}]`;
		const name = isObject(plan) ? plan.analytic_plan : undefined;
		if (!isObject(plan) || (name !== 'cost_center' && name !== 'project') || !Array.isArray(plan.analytic_accounts)) {
			findings.add(
				'ERROR_ANALYTIC_PLAN_NOT_FOUND',
				at,
				`${at}: Fortnox has the plans 'cost_center' and 'project'. Name one in 'analytic_plan' and list its 'analytic_accounts'.`,
			);
			return;
		}
		findings.unknownFields(plan, ['analytic_plan', 'analytic_accounts'], `${at}.`);
		if (plans[name].length > 0) {
			findings.add('ERROR_DATA_VALIDATION', at, `${at}: the plan '${name}' occurs twice. List all its accounts in one.`);
			return;
		}
		plan.analytic_accounts.forEach((share: unknown, shareIndex) => {
			const read = readPlanShare(share, `${at}.analytic_accounts[${shareIndex}]`, findings);
			if (read) plans[name].push(read);
		});
		const percentages = plans[name].map(({ percentage }) => percentage);
		if (percentages.length === plan.analytic_accounts.length && !addUpTo100(percentages)) {
			findings.add(
				'ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT',
				at,
				`${at}: the percentages of '${name}' (${percentages.join(', ')}) do not add up to 100. Divide the whole line.`,
			);
		}
	});
	return plans;
}

function readPlanShare(given: unknown, field: string, findings: Findings): DraftShare | undefined {
	if (!isObject(given)) {
		findings.add('ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT', field, `${field}: give an object with analytic_account and percentage.`);
		return undefined;
	}
	findings.unknownFields(given, SHARE_FIELDS, `${field}.`);
	const code = findings.name(given.analytic_account, `${field}.analytic_account`);
	if (isAbsent(given.analytic_account)) {
		findings.add('ERROR_INVALID_FIELD_FORMAT_ANALYTIC_ACCOUNT', field, `${field}.analytic_account: name the cost center or project.`);
	}
	const percentage = findings.take(readPercentage(given.percentage), `${field}.percentage`);
	return code === undefined || percentage === undefined ? undefined : { code, percentage };
}
