import { stockholmDate } from '../clock';
import type { SandboxCurrency, SandboxProject } from '../types';

type Rates = readonly [code: string, description: string, buyRate: number, sellRate: number, unit: number];

/** Currencies whose rates Fortnox fetches. */
const FETCHED: readonly Rates[] = [
	['EUR', 'Euro', 10.98, 11.04, 1],
	['USD', 'Amerikansk dollar', 9.41, 9.47, 1],
	['NOK', 'Norska kronor', 93.1, 93.9, 100],
	['DKK', 'Danska kronor', 147.1, 148, 100],
	['JPY', 'Japanska yen', 6.05, 6.11, 100],
];

/** SEK, and those of the fetched ones that are named (default: all), with the rates of today. */
export function currencies(now: () => number, codes?: readonly string[]): SandboxCurrency[] {
	const date = stockholmDate(now());
	const fetched = FETCHED.filter(([code]) => codes?.includes(code) ?? true);
	return [
		{ code: 'SEK', description: 'Svenska kronor', date, buyRate: 1, sellRate: 1, unit: 1, isAutomatic: false },
		...fetched.map(([code, description, buyRate, sellRate, unit]) => ({
			code,
			description,
			date,
			buyRate,
			sellRate,
			unit,
			isAutomatic: true,
		})),
	];
}

type ProjectInput = Pick<SandboxProject, 'number' | 'description'> & Partial<SandboxProject>;

/** A project that is ongoing and about which nothing else is written down. */
export function project(input: ProjectInput): SandboxProject {
	return { status: 'ONGOING', startDate: null, endDate: null, projectLeader: null, contactPerson: null, comments: null, ...input };
}
