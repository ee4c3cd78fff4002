import type { FortnoxCostCenter, FortnoxProject } from '../fortnox/wire';
import type { UnifiedAnalyticAccount } from './types';

export function costCenterToAnalytic({ Code, Description, Active }: FortnoxCostCenter): UnifiedAnalyticAccount {
	return {
		id: Code,
		code: Code,
		name: Description ?? '',
		active: Active,
		currency: 'SEK',
		analytic_plan: 'cost_center',
		status: null,
		start_date: null,
		end_date: null,
	};
}

/** A completed project accepts no entries; one that has not begun does. */
export function projectToAnalytic(project: FortnoxProject): UnifiedAnalyticAccount {
	return {
		id: project.ProjectNumber,
		code: project.ProjectNumber,
		name: project.Description ?? '',
		active: project.Status !== 'COMPLETED',
		currency: 'SEK',
		analytic_plan: 'project',
		status: project.Status,
		start_date: project.StartDate || null,
		end_date: project.EndDate || null,
	};
}
