import { LedgerError, type Problem } from '../../../nodes/shared/ledger/problems';

const problem = (message: string): Problem => ({ code: 'ERROR_DATA_VALIDATION', field: 'date', message });

it('says all that is wrong, one sentence after the other, and keeps each with its field', () => {
	const problems = [problem('The date is empty.'), problem('The text is empty.')];
	const cause = new Error('found by this');
	const error = new LedgerError(problems, { cause });
	expect(error).toMatchObject({ name: 'LedgerError', message: 'The date is empty. The text is empty.', problems, cause });
	expect(new LedgerError(problem('The date is empty.'))).toMatchObject({ message: 'The date is empty.', problems: [problems[0]] });
});

/** What a user gave may be a whole file: a word is shown up to 200 characters, a message up to 8,000. */
test.each([
	[`"${'x'.repeat(198)}" is no date.`, `"${'x'.repeat(198)}" is no date.`],
	[`It is "${'x'.repeat(199)}" now.`, `It is "${'x'.repeat(79)}… now.`],
	['ab '.repeat(2666) + 'ab', 'ab '.repeat(2666) + 'ab'],
	['ab '.repeat(2666) + 'abc', 'ab '.repeat(2666) + 'ab…'],
])('what is too long to be read is cut', (written, shown) => {
	expect(new LedgerError(problem(written)).message).toBe(shown);
	expect(new LedgerError(problem(written)).problems[0]?.message).toBe(shown);
});
