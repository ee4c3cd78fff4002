import { parseSie, voucherDigest, voucherIdentities } from '../../../nodes/shared/ledger/sie';
import { runSteps } from '../../../nodes/shared/steps';

interface Given {
	orgnr?: string;
	name?: string;
	program?: string;
	rar?: string;
	vouchers: string[];
}

const ROWS = '{\n#TRANS 1930 {} 100.00\n#TRANS 3001 {} -100.00\n}';

function file({ orgnr = '556677-8899', name = 'Bolaget', program = '"Kassan" 1.0', rar = '#RAR 0 20260101 20261231', vouchers }: Given) {
	return parseSie(
		Buffer.from(`#FLAGGA 0\n#PROGRAM ${program}\n#SIETYP 4\n#ORGNR ${orgnr}\n#FNAMN ${name}\n${rar}\n${vouchers.join('\n')}\n`),
	);
}

const A1 = `#VER A 1 20260131 "Dagskassa"\n${ROWS}`;
const identitiesOf = (given: Given) => runSteps(voucherIdentities(file(given))).map(({ asNumbered }) => asNumbered);
const identity = (given: Given) => identitiesOf(given)[0];

describe('voucherIdentities', () => {
	it('are the same in another file and version, with the organisation number or text spelled otherwise', () => {
		const first = identity({ vouchers: [A1] });
		expect(identity({ program: '"Kassan" 2.5', orgnr: '16556677-8899', vouchers: [`#VER B 1 20260131\n${ROWS}`, A1] })).not.toBe(first);
		expect(identity({ program: '"Kassan" 2.5', orgnr: '165566778899', vouchers: [A1.replace('Dagskassa', 'Kassa')] })).toBe(first);
	});

	it.each<[string, Partial<Given>]>([
		['the organisation number as VAT number', { orgnr: 'SE556677889901' }],
		['a version in the name of the program', { program: '"Kassan 2026.10" 1.0' }],
		['the version as a year or v3', { program: '"Kassan v3 2026"' }],
		['zeros before the number', { vouchers: [A1.replace('A 1', 'A 001')] }],
		['a small letter for the series', { vouchers: [A1.replace('A 1', 'a 1')] }],
	])('are the same with %s, and keep what an earlier version made of it', (_, other) => {
		const [first] = runSteps(voucherIdentities(file({ vouchers: [A1] })));
		const [again] = runSteps(voucherIdentities(file({ vouchers: [A1], ...other })));
		expect(again).toMatchObject({ asNumbered: first?.asNumbered, series: first?.series });
		expect(first?.former).toBeUndefined();
		expect(again?.former?.asNumbered).not.toBe(first?.asNumbered);
	});

	it('keep the former one letter for letter', () => {
		const [voucher] = runSteps(
			voucherIdentities(file({ orgnr: 'SE556677889901', program: '"Kassan 2026.10"', vouchers: [A1.replace('A 1', 'a 01')] })),
		);
		expect(voucher?.asNumbered).toBe('["5566778899","kassan","2026-01-01","A","number","1"]');
		expect(voucher?.former?.asNumbered).toBe('["6677889901","kassan 2026.10","2026-01-01","a","number","01"]');
		expect(voucher?.former?.restarted).toBe('["6677889901","kassan 2026.10","2026-01-01","a","day","2026-01-31","number","01"]');
		expect(voucher?.former?.under('02', 'x').renumbered).toBe(
			'["6677889901","kassan 2026.10","2026-01-01","a","number","02","content","x"]',
		);
	});

	it.each(['"Lön 300"', '"Lön 600"', '"Lön" 300', '"2026"'])('tell the program %s from the others', (program) => {
		const others = ['"Lön 300"', '"Lön 600"', '"Lön"', '"2026"'].filter((other) => other !== program.replace('" 300', '"'));
		for (const other of others) expect(identity({ program, vouchers: [A1] })).not.toBe(identity({ program: other, vouchers: [A1] }));
	});

	it.each<[string, Partial<Given>]>([
		['company', { orgnr: '112233-4455' }],
		['program', { program: 'Annan 1.0' }],
		['financial year', { rar: '#RAR 0 20250701 20260630' }],
		['series', { vouchers: [A1.replace('#VER A', '#VER B')] }],
		['number', { vouchers: [A1.replace('A 1', 'A 2')] }],
	])('differ by %s', (_, other) => {
		expect(identity({ vouchers: [A1], ...other })).not.toBe(identity({ vouchers: [A1] }));
	});

	it.each(['""', '0'])('are made of the content where the number is %s, and count equal ones', (number) => {
		const same = `#VER "" ${number} 20260131 "Lön"\n${ROWS}`;
		const other = same.replace('Lön', 'Mer lön');
		const [first, second, third] = identitiesOf({ vouchers: [same, other, same] });
		expect(new Set([first, second, third]).size).toBe(3);
		expect(identitiesOf({ vouchers: [other, same, same] })).toEqual([second, first, third]);
		expect([first, third].map((text) => (JSON.parse(text ?? '') as unknown[])[1])).toEqual([1, 2]);
		expect(runSteps(voucherIdentities(file({ vouchers: [same] })))[0]?.series).toBeUndefined();
	});

	it('take the calendar year where the file has no financial year', () => {
		const in2025 = A1.replace('20260131', '20250131');
		expect(identity({ rar: '', vouchers: [in2025] })).not.toBe(identity({ rar: '', vouchers: [A1] }));
		expect(identity({ rar: '#RAR 0', vouchers: [A1] })).toBe(identity({ rar: '', vouchers: [A1] }));
	});

	it('tell companies without an organisation number apart by name', () => {
		const [voucher] = runSteps(voucherIdentities(file({ orgnr: '', name: '" Bolaget "', program: '" Kassan "', vouchers: [A1] })));
		expect(voucher?.asNumbered).toBe('["bolaget","kassan","2026-01-01","A","number","1"]');
		expect(voucher?.former).toBeUndefined();
	});

	it('take a file without an organisation number for one of the company whose ledger it is', () => {
		const of = (orgnr: string, own: string) => runSteps(voucherIdentities(file({ orgnr, vouchers: [A1] }), own))[0]?.asNumbered;
		expect(of('', '556677-8899')).toBe('["5566778899","kassan","2026-01-01","A","number","1"]');
		expect(of('556677-8899', '112233-4455')).toBe(of('', '556677-8899'));
	});

	it.each([
		['"Kassan 2026"', 'kassan'],
		['"Kassan version 2"', 'kassan version 2'],
		['"Kassan v 2.0"', 'kassan'],
		['"Kassan Mov"', 'kassan mov'],
		['"Kassan Vision"', 'kassan vision'],
		['"2026"', '2026'],
	])('have of the program %s the name %s', (program, name) => {
		expect(identity({ program, vouchers: [A1] })).toBe(`["5566778899","${name}","2026-01-01","A","number","1"]`);
	});

	it('keep zeros within a number', () => {
		expect(identity({ vouchers: [A1.replace('A 1', 'A 01001')] })).toContain('"number","1001"');
	});

	it.each([
		['20250630', '2025'],
		['20250701', '2025-07-01'],
		['20260630', '2025-07-01'],
		['20260701', '2026'],
	])('put %s into the year %s where the file has July 2025 to June 2026', (day, year) => {
		const voucher = A1.replace('20260131', day);
		expect(identity({ rar: '#RAR 0 20250701 20260630', vouchers: [voucher] })).toContain(`"kassan","${year}","A"`);
	});
});

describe('voucherDigest', () => {
	const digest = (voucher: string) => file({ vouchers: [voucher] }).vouchers.map(voucherDigest)[0];

	it('changes with what is booked, and not with when it was exported', () => {
		expect(digest(A1.replace('"Dagskassa"', '"Dagskassa" 20260202 "Åsa"'))).toBe(digest(A1));
		expect(digest(A1.replace('{}', '{1 "K1"}'))).not.toBe(digest(A1));
		expect(digest(A1.replaceAll('100.00', '101.00'))).not.toBe(digest(A1));
		expect(digest(A1.replace('Dagskassa', 'Kassa'))).not.toBe(digest(A1));
		expect(digest(A1.replace('20260131', '20260130'))).not.toBe(digest(A1));
		expect(digest(A1.replace('100.00', '100.00 "" "Swish"'))).not.toBe(digest(A1));
		expect(digest(A1.replace('{\n', '{\n#BTRANS 1930 {} 5.00\n'))).toBe(digest(A1));
	});
});
