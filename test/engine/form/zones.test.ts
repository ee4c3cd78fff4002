import { startWorld, type World } from '../support/world';

jest.setTimeout(60_000);

/** The tests' clock starts on 26 November 2026 at 11:00 in Stockholm. */
const EDGES: Array<[expression: string, day: string]> = [
	["={{ $now.endOf('month') }}", '2026-11-30'],
	["={{ $now.startOf('month') }}", '2026-11-01'],
	["={{ $now.minus({ months: 1 }).endOf('month') }}", '2026-10-31'],
];

/** The edge of a month there that is another day in Sweden. */
const ZONES: Array<[zone: string, otherDay: string]> = [
	['Europe/Stockholm', 'none'],
	['America/Los_Angeles', 'endOf'],
	['UTC', 'endOf'],
	['Pacific/Auckland', 'startOf'],
];

describe.each(ZONES)('in a workflow of the zone %s', (timezone, otherDay) => {
	let world: World;
	beforeAll(async () => {
		world = await startWorld();
	});
	afterAll(async () => {
		await world.close();
	});

	it.each(EDGES)('%s is %s, with a hint where that is another day in Sweden', async (date, day) => {
		const lines = {
			line: [
				{ account: '1910', debit: '1' },
				{ account: '3004', credit: '1' },
			],
		};
		const number = `Z-${timezone}-${day}`;
		const entry = { resource: 'journalEntry', operation: 'create', journalId: 'A', number, date, lines };
		const { error, json, hints } = await world.run(entry, { workflowSettings: { timezone } });
		expect(error).toBeUndefined();
		expect(json()).toMatchObject([{ date: day }]);
		expect(hints()).toEqual(
			date.includes(otherDay) ? [expect.stringMatching(`^Date: .* and the (?:first|last) moment of ${day} in its own zone`)] : [],
		);
	});
});
