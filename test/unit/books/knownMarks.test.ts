import type { MarkedVoucher } from '../../../nodes/shared/books/marks/knownMarks';
import { MarkIndex } from '../../../nodes/shared/books/marks/markIndex';
import { digestOf, keyOfNumber, keyOfOrigin, writeMark, type Mark } from '../../../nodes/shared/ledger/mark';
import { DAY, markOf, YEAR } from './support';

const index = new MarkIndex(YEAR);
beforeEach(() => ['A-1-3', 'A-2-3', 'A-3-3', 'A-4-3'].forEach((id) => index.forget(id)));

const note = (number: number, comments: string, facts: { Description?: string; ReferenceType?: string } = {}): void =>
	index.noteRead({ VoucherSeries: 'A', VoucherNumber: number, TransactionDate: DAY, Description: 'Rent', Comments: comments, ...facts });

const ONE: Mark = { ...markOf('N-1'), corrects: 'A-8-3', place: '01', reference: 'Lease 1' };
const OTHER: Mark = { ...markOf('N-2'), corrects: 'A-9-3', place: '02', reference: 'Lease 2' };
const reversalOf = (id: string): Mark => ({ key: keyOfOrigin('reversal', id), digest: digestOf('1', id), reference: id });

type Find = (mark: Mark) => MarkedVoucher[];
const FINDERS: Array<[string, Find]> = [
	['its key', ({ key }) => index.withKey(key)],
	['the entry that it corrects', ({ corrects = '' }) => index.correctionsOf(corrects)],
	['its place in a workflow', ({ place = '' }) => index.withPlace(place)],
	['its content', ({ digest }) => index.withContent(digest)],
	['its reference', ({ reference = '' }) => index.withReference(reference)],
];

describe.each(FINDERS)('a voucher is found by %s', (_, find) => {
	const found = (mark: Mark) => find(mark).map(({ series, number, year, mark: { key } }) => [`${series}-${number}-${year}`, key]);

	it('and of the marks that it carries, the one that has it', () => {
		note(1, `${writeMark(ONE)}\n${writeMark(OTHER)}`);
		expect([found(ONE), found(OTHER)]).toEqual([[['A-1-3', ONE.key]], [['A-1-3', OTHER.key]]]);
	});

	it('as long as it carries the mark, beside others, in the order in which they were seen', () => {
		for (const number of [3, 1, 2]) note(number, writeMark(ONE));
		const ids = () => found(ONE).map(([id]) => id);
		expect(ids()).toEqual(['A-3-3', 'A-1-3', 'A-2-3']);
		note(1, writeMark(OTHER));
		expect([ids(), found(OTHER)]).toEqual([['A-3-3', 'A-2-3'], [['A-1-3', OTHER.key]]]);
		index.forget('A-3-3');
		index.forget('A-2-3');
		expect([ids(), found(OTHER)]).toEqual([[], [['A-1-3', OTHER.key]]]);
		note(1, 'by hand');
		expect([...index.all()]).toEqual([]);
		note(2, writeMark(ONE));
		expect(ids()).toEqual(['A-2-3']);
	});
});

it('a voucher is found by each entry that its marks reverse', () => {
	note(1, `${writeMark(reversalOf('A-8-3'))}\n${writeMark(reversalOf('A-9-3'))}`);
	const found = (id: string) => index.reversalsOf(id).map(({ mark }) => mark.reverses);
	expect([found('A-7-3'), found('A-8-3'), found('A-9-3')]).toEqual([[], ['A-8-3'], ['A-9-3']]);
	index.forget('A-1-3');
	expect(found('A-8-3')).toEqual([]);
});

it('a voucher is found by its content only where it was posted without a number, so that it has a place', () => {
	const numbered: Mark = { ...markOf('N-1'), reference: 'Lease 1' };
	note(1, writeMark(numbered));
	note(2, `${writeMark(numbered)}\n${writeMark({ ...OTHER, digest: ONE.digest })}`);
	expect(index.withContent(ONE.digest).map(({ number, mark }) => [number, mark.place])).toEqual([[2, '02']]);
});

it('a voucher is suspected of the keys that its damaged mark may have had', () => {
	const damaged = writeMark(ONE).replace('N-1', 'N-7');
	note(1, damaged);
	note(2, writeMark(ONE));
	expect([index.suspectsOf(ONE.key), index.suspectsOf(keyOfNumber('N-7')), index.suspectsOf(keyOfNumber('N-8'))]).toEqual([
		['A-1-3'],
		['A-1-3'],
		[],
	]);
	expect(index.withKey(ONE.key).map(({ number }) => number)).toEqual([1, 2]);
	note(1, 'by hand');
	expect(index.suspectsOf(ONE.key)).toEqual([]);
});

it.each<[string, string, Parameters<typeof note>[2], boolean]>([
	['no comments', '', {}, true],
	['comments by hand', 'by hand', {}, true],
	['a damaged mark', writeMark(ONE).slice(1), {}, true],
	['a whole mark', writeMark(ONE), {}, false],
	['blanks around its text', '', { Description: ' Rent ' }, true],
	['another text', '', { Description: 'Rents' }, false],
	['nobody but people who made it', '', { ReferenceType: 'MANUAL' }, true],
	['a sub-ledger that made it', '', { ReferenceType: 'INVOICE' }, false],
])('a voucher is one that may be the entry without its mark where it has its day and text, and %s', (_, comments, facts, isFound) => {
	note(4, comments, facts);
	expect(index.plainWith({ date: DAY, description: 'Rent ' })).toEqual(isFound ? ['A-4-3'] : []);
	expect(index.plainWith({ date: '2026-03-02', description: 'Rent' })).toEqual([]);
});

it('a voucher without a text is one that may be an entry without a text', () => {
	note(4, '', { Description: undefined });
	expect([index.plainWith({ date: DAY, description: ' ' }), index.plainWith({ date: DAY, description: 'Rent' })]).toEqual([['A-4-3'], []]);
});
