import type { SandboxRow } from '../../company/types';
import type { Settings } from '../../settings';

export const COST_CENTER_DIMENSION = 1;
export const PROJECT_DIMENSION = 6;

/** Öre as Fortnox writes them: a point, and two decimals only where there are any. */
export function amount(ore: number): string {
	const text = (ore / 100).toFixed(2);
	return text.endsWith('.00') ? text.slice(0, -3) : text;
}

/** YYYYMMDD. */
export const compact = (date: string): string => date.replaceAll('-', '');

/** Texts in quotation marks. Control characters have no place in SIE and become spaces. */
export function quoted(text: string, { sieBackslash }: Settings): string {
	const escaped = sieBackslash === 'escaped' ? text.replace(/[\\"]/g, '\\$&') : text.replace(/"/g, '\\"');
	return `"${escaped.replace(/\p{Cc}/gu, ' ')}"`;
}

/** The objects that a row is booked on: `{1 "BUTIK" 6 "P30"}`. */
export function objects(row: Pick<SandboxRow, 'costCenter' | 'project'>, settings: Settings): string {
	const parts: string[] = [];
	if (row.costCenter) parts.push(`${COST_CENTER_DIMENSION} ${quoted(row.costCenter, settings)}`);
	if (row.project) parts.push(`${PROJECT_DIMENSION} ${quoted(row.project, settings)}`);
	return `{${parts.join(' ')}}`;
}
