import { addDays, stockholmMinute } from './clock';
import { seededRandom } from './random';
import type { SandboxRow } from './types';
import type { SandboxYear } from './year';

interface BulkOptions {
	/** Default: A, B and D. */
	series?: string[];
	/** Default 1. */
	seed?: number;
	/** Wall time in ms at which all were booked; default: on their own dates, at `latest` at the latest. */
	createdAt?: number;
	latest: number;
	costCenters: readonly string[];
	projects: readonly string[];
}

interface BulkVoucher {
	description: string;
	referenceType: string;
	rows: SandboxRow[];
}

/** What makes one voucher of the many. `net` and `vat` in öre. */
interface Draw {
	index: number;
	net: number;
	vat: number;
	costCenter: string;
	project: string;
	pick: (below: number) => number;
}

/** Books `count` balanced vouchers; see `CompanyState.addVouchers`. */
export function bookMany(year: SandboxYear, count: number, options: BulkOptions): void {
	const random = seededRandom(options.seed ?? 1);
	const pick = (below: number) => Math.floor(random() * below);
	const oneOf = <T>(items: readonly T[]): T | undefined => items[pick(items.length)];
	const days = daysOf(year);
	const seriesCodes = options.series ?? ['A', 'B', 'D'];
	const costCenters = ['', '', ...options.costCenters];
	const projects = ['', '', '', ...options.projects];
	for (let index = 0; index < count; index++) {
		const code = oneOf(seriesCodes) ?? 'A';
		const series = year.series.get(code);
		if (!series) throw new Error(`Year ${year.id} has no voucher series ${code}`);
		const net = 100 + pick(5_000_000);
		const costCenter = oneOf(costCenters) ?? '';
		const project = oneOf(projects) ?? '';
		const made = makeVoucher(code, { index, net, vat: Math.round(net / 4), costCenter, project, pick });
		// Dates wander a little around where their number would put them: they are not monotonic in Fortnox either.
		const day = Math.min(days.length - 1, Math.max(0, Math.floor((index / count) * days.length) + pick(7) - 3));
		const date = days[day] ?? year.fromDate;
		const createdAt = options.createdAt ?? Math.min(options.latest, Date.parse(`${date}T08:30:00Z`));
		// Written out: Node.js 20 makes properties behind a spread one by one, which took most of the time of a test's world.
		year.book(
			{
				series: code,
				number: 0,
				yearId: year.id,
				date,
				description: made.description,
				rows: made.rows,
				comments: index % 10 === 0 ? `Underlag ${index + 1}, pärm ${1 + (index % 7)}` : null,
				costCenter: '',
				project: '',
				referenceType: made.referenceType,
				referenceNumber: made.referenceType === 'MANUAL' ? '' : String(index + 1),
				approvalState: 0,
				createdAt,
				modifiedMinute: stockholmMinute(createdAt),
			},
			series,
		);
	}
}

/** By the first and the last day: tests start many sandboxes with the same years. */
const knownDays = new Map<string, readonly string[]>();

function daysOf({ fromDate, toDate }: SandboxYear): readonly string[] {
	const known = knownDays.get(fromDate + toDate);
	if (known) return known;
	const days: string[] = [];
	for (let day = fromDate; day <= toDate; day = addDays(day, 1)) days.push(day);
	knownDays.set(fromDate + toDate, days);
	return days;
}

const row = (account: number, amount: number, costCenter = '', project = ''): SandboxRow => ({
	account,
	debit: amount > 0 ? amount : 0,
	credit: amount < 0 ? -amount : 0,
	costCenter,
	project,
	description: null,
	transactionInformation: '',
	quantity: null,
	removed: false,
	added: false,
	changedBy: null,
});

function makeVoucher(series: string, { index, net, vat, costCenter, project, pick }: Draw): BulkVoucher {
	if (series === 'B') {
		const rows = [row(1510, net + vat), row(3001, -net, costCenter, project), row(2611, -vat)];
		return { description: `Kundfaktura ${index + 1}`, referenceType: 'INVOICE', rows };
	}
	if (series === 'D') {
		const freight = pick(10_000);
		const rows = [row(2440, -(net + vat + freight)), row(4010, net, costCenter, project), row(2641, vat)];
		if (freight) rows.push(row(5710, freight));
		return { description: `Leverantörsfaktura ${index + 1}`, referenceType: 'SUPPLIERINVOICE', rows };
	}
	const account = [5410, 5800, 6110, 6540, 6550][pick(5)] ?? 6110;
	const fee = 1 + pick(5_000);
	const rows = [row(1930, -(net + vat + fee)), row(account, net, costCenter, project), row(2641, vat), row(6570, fee)];
	return { description: `Inköp ${index + 1} på företagskortet`, referenceType: 'MANUAL', rows };
}
