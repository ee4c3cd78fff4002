import { companyFromSie, startSandbox, type Sandbox } from '../../sandbox';
import { encodeCp437 } from '../../sandbox/company/sie/cp437';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ settings: { limit: 'off' } });
});
afterAll(async () => await sandbox.close());

describe('SIE', () => {
	const sie = async (type: number, query = 'financialyear=4') => {
		const response = await fetch(`${sandbox.url}/3/sie/${type}?${query}`, {
			headers: { authorization: `Bearer ${sandbox.issueTokens().access_token}` },
		});
		return Buffer.from(await response.arrayBuffer());
	};
	const lines = (bytes: Buffer) => bytes.toString('latin1').split('\r\n');

	it('is CP437, in the dialect of Fortnox', async () => {
		const bytes = await sie(4);
		expect(lines(bytes).slice(0, 3)).toEqual(['#FLAGGA 0', '#FORMAT PC8', '#SIETYP 4']);
		// ö is 0x94 in code page 437.
		expect(bytes.includes(Buffer.concat([Buffer.from('#FNAMN "Bj'), Buffer.from([0x94]), Buffer.from('rkdalens')]))).toBe(true);
		const text = lines(bytes);
		expect(text).toContain('#RAR 0 20260101 20261231');
		expect(text).toContain('#RAR -1 20250101 20251231');
		expect(text).toContain('#SRU 2099 -7302');
		expect(text).toContain('#TRANS 5010 {1 "BUTIK"} 15000 "" "" 0');
		expect(text).toContain('#TRANS 6550 {1 "WEBB" 6 "1"} 20000 "" "Timmar vecka 6-7" 0');
		expect(text).toContain('#BTRANS 6540 {} 20000 "" "" 0 "Åsa Öberg"'.replace('Å', '\x8f').replace('Ö', '\x99'));
	});

	it('has every row of the truth, and balances that agree with it', async () => {
		sandbox.company().addVouchers(500, { yearId: 4 });
		const text = lines(await sie(4));
		const trans = text.filter((line) => line.startsWith('#TRANS ')).map((line) => line.split(' '));
		const rows = sandbox
			.company()
			.vouchers(4)
			.flatMap((each) => each.rows.filter((row) => !row.removed));
		expect(trans).toHaveLength(rows.length);
		const closing = new Map(
			text
				.filter((line) => /^#(UB|RES) 0 /.test(line))
				.map((line) => [Number(line.split(' ')[2]), Math.round(Number(line.split(' ')[3]) * 100)]),
		);
		for (const [account, ore] of sandbox.company().trialBalance(4)) expect([account, closing.get(account)]).toEqual([account, ore]);
	});

	it('has vouchers in type 4 alone, period balances from 2 on, objects from 3 on', async () => {
		const has = async (type: number) => {
			const text = lines(await sie(type));
			return ['#VER', '#PSALDO', '#DIM'].map((label) => text.some((line) => line.startsWith(`${label} `)));
		};
		expect([await has(1), await has(2), await has(3), await has(4)]).toEqual([
			[false, false, false],
			[false, true, false],
			[false, true, true],
			[true, true, true],
		]);
	});
});

/** A file in the shape of Fortnox's exports, with everything in it that they have; written for this test. */
const EXPORT = String.raw`#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#PROGRAM "Fortnox" 3.60.16
#GEN 20260330
#FNR 4711
#FNAMN "Snickeri \\ Söner \"Ek\""
#ADRESS "Eva Ek" "Gatan 1" "111 11 Stockholm" "08-000 00" 
#RAR 0 20250101 20251231
#RAR -1 20240101 20241231
#ORGNR 556000-1111
#OMFATTN 20251231
#KPTYP EUBAS97

#KONTO 1510 "Kundfordringar"
#SRU 1510 7251
#KONTO 1930 "Företagskonto"
#SRU 1930 7281
#KONTO 2131 "Periodiseringsfond 2021 ? nr 2"
#KONTO 3001 "Försäljning"
#SRU 3001 7410
#KONTO 6110 "Kontorsmaterial"
#SRU 6110 7513

#DIM 1 "Kostnadsställe"
#DIM 6 "Projekt"
#OBJEKT 1 "BUTIK" "Butiken"
#OBJEKT 6 "10" "Huset"
#OBJEKT 6 "8" "Taket"

#IB 0 1930 500 0
#UB 0 1930 380.40 0
#IB 0 2131 -500 0
#UB 0 2131 -500 0
#PSALDO 0 202501 1930 {} -119.60 0
#PSALDO 0 202502 1930 {} 0 0
#PSALDO 0 202501 6110 {} 119.60 0
#PSALDO -1 202406 1930 {} 500 0
#PSALDO -1 202405 3001 {} 0 0
#PSALDO -1 202406 3001 {} -500 0
#RES 0 6110 119.60 0

#IB -1 1930 0 0
#UB -1 1930 500 0
#RES -1 3001 -500 0

#PSALDO 0 202501 6110 {1 "BUTIK"} 119.60 0
#PSALDO 0 202501 6110 {6 "8"} 100 0

#PSALDO -1 202406 3001 {6 "10"} -200 0
#PBUDGET 0 202501 3001 {} -300 0
#PBUDGET 0 202501 6110 {} 150 0
#PBUDGET 0 202501 3001 {1 "BUTIK"} -100 0
#PBUDGET -1 202406 3001 {} -400 0



#VER A 1 20250107 "Inköp \"ny\" \\ pärm" 20250804
{
#TRANS 1930 {} -119.60 "" "" 0
#TRANS 6110 {1 "BUTIK" 6 "8"} 100 "" "Kvitto 7" 2
#BTRANS 6110 {} 50 "" "" 0 "Bo B"
#RTRANS 6110 {1 "BUTIK"} 19.60 "" "" 0 "Bo B"
#TRANS 6110 {1 "BUTIK"} 19.60 "" "" 0
}
#VER A 3 20250202 "Till och från" 20250804
{
#TRANS 1930 {} 10 "" "" 0
#TRANS 1930 {} -10 "" "" 0
}
#VER S 7 20241230 "Struken" 20250804
{
#BTRANS 1930 {} -5 "" "" 0 "Bo B"
#BTRANS 6110 {} 5 "" "" 0 "Bo B"
}`;

const asExport = (text: string): Buffer => encodeCp437(text.replaceAll('\n', '\r\n'));

describe('a company from a SIE file', () => {
	let loaded: Sandbox;

	beforeAll(async () => {
		loaded = await startSandbox({ companies: (now) => [companyFromSie(asExport(EXPORT), now)] });
	});
	afterAll(async () => await loaded.close());

	const file = async (query: string, type = 4): Promise<Buffer> => {
		const response = await fetch(`${loaded.url}/3/sie/${type}?${query}`, {
			headers: { authorization: `Bearer ${loaded.issueTokens().access_token}` },
		});
		if (response.status !== 200) throw new Error(await response.text());
		return Buffer.from(await response.arrayBuffer());
	};
	const vouchersIn = (bytes: Buffer) => [...bytes.toString('latin1').matchAll(/^#VER (\w+ \d+)/gm)].map((match) => match[1]);

	it('answers with the file it came from, byte for byte but for #GEN', async () => {
		const withoutGen = (bytes: Buffer) => bytes.toString('latin1').replace(/#GEN \d{8}/, '#GEN');
		expect(withoutGen(await file('financialyear=2'))).toBe(withoutGen(asExport(EXPORT)));
	});

	it('has its vouchers under their numbers, and the year before by the month', () => {
		const company = loaded.company(4711);
		expect(company.vouchers(2).map(({ series, number }) => `${series}${number}`)).toEqual(['A1', 'A3', 'S7']);
		expect(company.vouchers(1).map(({ date }) => date)).toEqual(['2024-05-31', '2024-06-30']);
		expect([...company.trialBalance(1)]).toEqual([
			[1930, 50_000],
			[3001, -50_000],
		]);
	});

	it('has budgets in types 3 and 4', async () => {
		const budgets = async (type: number) => [...(await file('financialyear=2', type)).toString('latin1').matchAll(/#PBUDGET/g)].length;
		expect([await budgets(1), await budgets(2), await budgets(3), await budgets(4)]).toEqual([0, 0, 4, 4]);
		loaded.settings.sieBudgets = false;
		expect(await budgets(4)).toBe(0);
		loaded.settings.sieBudgets = true;
		expect(() => loaded.company().setBudget(2, [{ account: 1930, month: '202501', ore: 1 }])).toThrow('no result account');
		expect(() => loaded.company().setBudget(2, [{ account: 3001, month: '202601', ore: 1 }])).toThrow('no month of year 2');
	});

	it('is cut to a selection of vouchers', async () => {
		expect(vouchersIn(await file('financialyear=2&selection=A,2,9;S,7,7'))).toEqual(['A 3', 'S 7']);
		expect(vouchersIn(await file('financialyear=2&fromdate=2025-02-01&todate=2025-02-28'))).toEqual(['A 3']);
		await expect(file('financialyear=2&selection=A')).rejects.toThrow('2000588');
		await expect(file('financialyear=2&fromdate=2024-12-31')).rejects.toThrow('2002363');
	});

	it('lists inactive accounts where everything is asked for', async () => {
		const account = loaded.company().year(2).accounts.get(1510);
		if (account) account.active = false;
		expect(String(await file('financialyear=2'))).not.toContain('#KONTO 1510');
		expect(String(await file('financialyear=2&exportall=true'))).toContain('#KONTO 1510');
	});

	it('gets a question mark for what the code page lacks', async () => {
		const account = loaded.company().year(2).accounts.get(2131);
		if (account) account.description = 'Periodiseringsfond 2021 – nr 2';
		expect(String(await file('financialyear=2'))).toContain('"Periodiseringsfond 2021 ? nr 2"');
	});

	it.each([
		['an added row that is not there once more', /#TRANS 6110 \{1 "BUTIK"\} 19.60 "" "" 0\n/, '', 'line 64'],
		['a dimension that Fortnox lacks', '6 "8"} 100 "" "Kvitto', '7 "8"} 100 "" "Kvitto', 'dimension 7'],
		['an amount that is none', '-119.60 "" "" 0', '-119,60 "" "" 0', 'not an amount'],
		['no financial year', '#RAR 0 20250101 20251231\n', '', '#RAR 0'],
	])('is refused with %s', (_name, part, put, message) => {
		expect(() => companyFromSie(asExport(EXPORT.replace(part, put)), Date.now)).toThrow(message);
	});
});
