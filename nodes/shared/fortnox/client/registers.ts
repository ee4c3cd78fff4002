import type { FortnoxApi } from '../api';
import type { FortnoxCostCenter, FortnoxProject } from '../wire';
import { pathOf, type Calls } from './calls';

type RegisterCalls = Pick<
	FortnoxApi,
	'costCenters' | 'createCostCenter' | 'createProject' | 'currencies' | 'predefinedAccounts' | 'predefinedVoucherSeries' | 'projects'
>;

/** Registers that are lists, kept whole. */
export function registerCalls(calls: Calls): RegisterCalls {
	const { registers } = calls;
	return {
		predefinedVoucherSeries: calls.register(registers.predefinedSeries, {
			path: pathOf('predefinedvoucherseries'),
			names: ['PreDefinedVoucherSeriesCollection', 'PredefinedVoucherSeriesCollection'],
			keyOf: (series) => series.Name,
		}),
		predefinedAccounts: calls.register(registers.predefinedAccounts, {
			path: pathOf('predefinedaccounts'),
			names: ['PreDefinedAccounts', 'PredefinedAccounts'],
			keyOf: (account) => account.Name,
		}),
		currencies: calls.register(registers.currencies, {
			path: pathOf('currencies'),
			names: ['Currencies'],
			keyOf: (currency) => currency.Code,
		}),
		costCenters: calls.register(registers.costCenters, {
			path: pathOf('costcenters'),
			names: ['CostCenters'],
			keyOf: (costCenter) => costCenter.Code,
		}),
		createCostCenter: async (costCenter) => {
			const place = { name: 'CostCenter', path: pathOf('costcenters') };
			const written = { what: `cost center ${costCenter.Code}`, key: { Code: costCenter.Code }, sent: costCenter };
			return await calls.changing(registers.costCenters, calls.post<FortnoxCostCenter>(place, costCenter, written));
		},
		projects: calls.register(registers.projects, {
			path: pathOf('projects'),
			names: ['Projects'],
			keyOf: (project) => project.ProjectNumber,
		}),
		createProject: async (project) => {
			const place = { name: 'Project', path: pathOf('projects') };
			const written = { what: `project ${project.ProjectNumber}`, key: { ProjectNumber: project.ProjectNumber }, sent: project };
			return await calls.changing(registers.projects, calls.post<FortnoxProject>(place, project, written));
		},
	};
}
