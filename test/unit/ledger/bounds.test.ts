import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	LONGEST_JSON,
	LONGEST_SIE_FIELD,
	LONGEST_SIE_LINE,
	MOST_DEPTH,
	MOST_FIELD_VALUES,
	MOST_ROWS,
	MOST_SIE_BYTES,
	MOST_SIE_NAMES,
	MOST_SIE_OBJECTS,
	tooManyRows,
} from '../../../nodes/shared/ledger/bounds';

const PROMISED = readFileSync(join(__dirname, '../../../docs/security.md'), 'utf8');
const UNITS: Readonly<Record<string, number>> = { kB: 1024, MB: 1024 * 1024 };

/** Users who plan for large files read the bounds there. */
test.each([
	['| 100 levels |', MOST_DEPTH],
	['300,000 in a field |', MOST_FIELD_VALUES],
	['| 10,000 rows an entry,', MOST_ROWS],
	['4 MB of JSON in a field;', LONGEST_JSON],
	['| 32 MB to import,', MOST_SIE_BYTES],
	['lines of 1 MB,', LONGEST_SIE_LINE],
	['fields of 8 kB,', LONGEST_SIE_FIELD],
	['100 objects a row,', MOST_SIE_OBJECTS],
	['100,000 names;', MOST_SIE_NAMES],
])('docs/security.md promises “%s”', (words, bound) => {
	expect(PROMISED).toContain(words);
	const [, number = '', unit = ''] = /([\d,]+)(?: ([kM]B))?/.exec(words) ?? [];
	expect(bound).toBe(Number(number.replaceAll(',', '')) * (UNITS[unit] ?? 1));
});

test('the error of an entry with too many rows names the most that there may be', () => {
	expect(tooManyRows('lines', 10_001)).toEqual({
		code: 'ERROR_DATA_VALIDATION',
		field: 'lines',
		message: 'lines: the entry has 10001 rows, and at most 10000 are posted in one. Divide it into several entries that balance each.',
	});
});
