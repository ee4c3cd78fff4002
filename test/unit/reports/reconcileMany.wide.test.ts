import { addDays } from '../../../nodes/shared/ledger/dates';
import { reconcile } from '../../../nodes/shared/ledger/reports/reconcile';
import { runSteps } from '../../../nodes/shared/steps';
import { cpuMs } from '../../clock/cpuTime';

/** Rows of one amount, over a year. */
const rows = (number: number) =>
	Array.from({ length: number }, (_, index) => ({
		date: addDays('2026-01-01', Math.floor((index * 365) / number)),
		amount: 10_000,
		text: 'Swish',
	}));

test.each([0, 31])(
	'50,000 rows that all have one amount take no longer than there are rows, with %i days apart',
	(apart) => {
		const [statement, ledger] = [rows(50_000), rows(50_000).map((one, index) => ({ ...one, entry: `A-${index}` }))];
		const took = cpuMs(() => expect(runSteps(reconcile(statement, ledger, apart))).toHaveLength(50_000));
		// Compared pair by pair, 20,000 rows took half a minute, and these would take six times as long.
		expect(took).toBeLessThan(5000);
	},
	120_000,
);
