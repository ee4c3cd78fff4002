import { DateTime } from 'luxon';
import type { IsoDate } from '../../../ledger/dates';
import { formatSek, type Ore } from '../../../ledger/money';
import { isWholeMonths, monthsOf } from '../../../ledger/reports/period';
import type { Language } from '../../../ledger/reports/structure';
import type { Days } from '../../../ledger/reports/years';

const NO_BREAK_SPACE = '\u00a0';
const MINUS = '\u2212';
const SEPARATORS = { sv: { thousands: NO_BREAK_SPACE, decimals: ',' }, en: { thousands: ',', decimals: '.' } } as const;

/** `−1 234,50` in Swedish, `−1,234.50` in English; in whole kronor without decimals, halves away from zero. */
export function formatAmount(ore: Ore, language: Language, isWhole = false): string {
	const { thousands, decimals } = SEPARATORS[language];
	const positive = isWhole ? Math.round(Math.abs(ore) / 100) * 100 : Math.abs(ore);
	const [whole = '', rest = ''] = formatSek(positive).split(',');
	return `${ore < 0 && positive > 0 ? MINUS : ''}${whole.replaceAll(' ', thousands)}${isWhole ? '' : decimals + rest}`;
}

/** `62 %`, rounded. */
export function formatShare(part: number, language: Language): string {
	return `${Math.round(part * 100)}${language === 'sv' ? NO_BREAK_SPACE : ''}%`;
}

/** `juni 2026`, `januari–mars 2026`, `2026`, or the days where they are not whole months. */
export function formatPeriod(days: Days, language: Language): string {
	if (!isWholeMonths(days)) return `${days.from} – ${days.to}`;
	const months = monthsOf(days);
	if (months.length === 12 && days.from.endsWith('-01-01')) return days.from.slice(0, 4);
	const [from, to] = [inWords(days.from, 'LLLL yyyy', language), inWords(days.to, 'LLLL yyyy', language)];
	if (from === to) return from;
	const isSameYear = days.from.slice(0, 4) === days.to.slice(0, 4);
	return isSameYear ? `${inWords(days.from, 'LLLL', language)}–${to}` : `${from} – ${to}`;
}

/** `jun`, of a month `2026-06`; with its year where the report has more than one. */
export function formatMonth(month: string, language: Language, withYear: boolean): string {
	return inWords(`${month}-01`, withYear ? 'LLL yy' : 'LLL', language).replace('.', '');
}

function inWords(date: IsoDate, format: string, language: Language): string {
	return DateTime.fromISO(date, { zone: 'utc' }).setLocale(language).toFormat(format);
}
