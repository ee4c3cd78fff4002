import { whyNoName } from '../../../nodes/shared/ledger/nonsense';

/** Words as programs write them for nothing, and words of people that look like them. */
it.each(['None', 'nil', 'N/A', 'n/a', ' None ', 'null', 'UNDEFINED', 'NaN', '<None>', '(null)', '[undefined]'])(
	'%p is a value that is missing',
	(text) => {
		expect(whyNoName(text)).toMatch(/a value that is missing\. Correct what makes it\./);
	},
);

it.each(['#N/A', '#REF!', '#NAMN?', '#SAKNAS!', '#DIV/0!', '#DIVISION/0!'])('%p is the error of a spreadsheet', (text) => {
	expect(whyNoName(text)).toMatch(/error of a spreadsheet/);
});

it.each(['', 'none', 'NONE', 'NIL', 'Nilsson', 'Annullering', '#1', '#Hyra!', 'N-1'])('%p may be a name', (text) => {
	expect(whyNoName(text)).toBeUndefined();
});
