import type { DimensionSetting, SandboxAccount } from './types';

/**
 * A chart for a small Swedish company, numbered as BAS charts are. One line per account:
 * number|name|SRU|VAT code|marks, where `-` is inactive and KA/KM/KN and PA/PM/PN say whether a cost center (K) or a
 * project (P) is allowed, mandatory or not allowed.
 */
const CHART = `
1010|Utvecklade programvaror|7201||-
1050|Köpt varumärke|7201||-
1060|Hyresrätt till lokal|7201||-
1110|Kontorsbyggnad|7214||
1119|Avskrivet på kontorsbyggnad|7214||
1150|Asfaltering och staket|7214||-
1210|Maskiner i verkstaden|7215||
1219|Avskrivet på maskiner|7215||
1220|Inredning och verktyg|7215||
1229|Avskrivet på inredning och verktyg|7215||
1240|Firmabilar|7215||
1249|Avskrivet på firmabilar|7215||
1250|Datorer och skrivare|7215||
1259|Avskrivet på datorer|7215||
1310|Aktier i dotterbolag|7230||-
1350|Andelar i ekonomisk förening|7231||
1380|Långfristig fordran|7232||-
1410|Råvaror i lager|7241||-
1460|Handelsvaror i lager|7243||
1470|Pågående arbeten|7245||PA
1510|Kundfordringar|7251||KN,PN
1513|Kundfordringar, ROT och RUT|7251||-
1515|Osäkra kundfordringar|7251||
1519|Nedskrivna kundfordringar|7251||
1580|Fordran på kortinlösare|7261||
1610|Fordran på anställd|7261||
1630|Skattekonto|7261||
1640|Skattefordran|7261||
1650|Momsfordran|7261|R2|
1680|Övrig kortfristig fordran|7261||
1710|Förutbetald hyra|7263||
1730|Förutbetald försäkring|7263||
1750|Upplupen hyresintäkt|7263||-
1790|Övrigt förutbetalt och upplupet|7263||
1810|Noterade aktier|7270||-
1880|Kortfristig placering|7271||
1910|Kassa|7281||
1911|Växelkassa butik|7281||
1920|PlusGiro|7281||
1930|Företagskonto|7281||
1940|Sparkonto|7281||
1941|Skattesparkonto|7281||-
1950|Valutakonto EUR|7281||
1980|Redovisningsmedel för kund|7281||-
2081|Aktiekapital|7301||
2086|Reservfond|7301||-
2091|Balanserat resultat|7302||
2093|Aktieägartillskott|7302||-
2098|Resultat från året innan|7302||
2099|Årets resultat|-7302||
2110|Periodiseringsfond|7321||
2131|Periodiseringsfond – nr 2|7321||
2150|Ackumulerade överavskrivningar|7322||-
2220|Avsatt för garantier|7332||-
2330|Checkräkningskredit|7351||-
2350|Banklån|7351||
2390|Övrigt långfristigt lån|7354||
2410|Kortfristig del av banklån|7360||
2420|Förskott från kund|7361||
2440|Leverantörsskulder|7365||KN,PN
2445|Leverantörsskulder i annan valuta|7365||-
2510|Skatteskuld|7368||
2512|Beräknad bolagsskatt|7368||
2518|Betald preliminärskatt|7368||
2610|Utgående moms 25 %, samling|7369||-
2611|Utgående moms 25 %|7369|U1|
2614|Utgående moms 25 %, omvänd skatt|7369|UOS|
2615|Utgående moms 25 %, import av varor|7369|UI25|
2617|Utgående moms 25 %, byggtjänst|7369|UOS|
2621|Utgående moms 12 %|7369|U2|
2624|Utgående moms 12 %, omvänd skatt|7369|UEU|
2625|Utgående moms 12 %, import av varor|7369|UI12|
2631|Utgående moms 6 %|7369|U3|
2634|Utgående moms 6 %, omvänd skatt|7369|UTFU|
2635|Utgående moms 6 %, import av varor|7369|UI6|
2640|Ingående moms, samling|7369||-
2641|Ingående moms|7369|I|
2645|Ingående moms på förvärv utomlands|7369|I|
2647|Ingående moms, byggtjänst|7369|I|
2650|Momsredovisning|7369|R1|
2710|Avdragen skatt för anställda|7369||
2730|Arbetsgivaravgifter, samling|7369||-
2731|Avräkning arbetsgivaravgifter|7369||
2820|Skuld till anställd|7369||
2890|Övrig kortfristig skuld|7369||
2893|Skuld till aktieägare|7369||
2910|Upplupna löner|7370||
2920|Upplupna semesterlöner|7370||
2940|Upplupna sociala avgifter|7370||
2970|Förutbetald intäkt|7370||
2990|Övrigt upplupet och förutbetalt|7370||
3001|Försäljning 25 %|7410|MP1|
3002|Försäljning 12 %|7410|MP2|
3003|Försäljning 6 %|7410|MP3|
3004|Försäljning utan moms|7410|MF|
3041|Tjänster 25 %|7410|MP1|KM
3044|Tjänster utan moms|7410|MF|-
3105|Varor till land utanför EU|7410|E|
3106|Varor till EU med moms|7410|MP1|-
3108|Varor till EU utan moms|7410|VTEU|
3109|Varor till EU, trepartshandel|7410|3FEU|
3211|Vinstmarginalbeskattade varor|7410|BVMB|
3231|Byggtjänst med omvänd skatt|7410|OTTU|-
3305|Tjänster till land utanför EU|7410|ÖTEU|
3308|Tjänster till EU|7410|FTEU|
3401|Egna uttag 25 %|7410|UT|
3410|Egna uttag|7410||-
3520|Fakturerad frakt|7410|MP1|
3540|Fakturaavgift|7410|MP1|
3730|Lämnad rabatt|7410||
3740|Öresutjämning|7410||
3911|Hyresintäkt|7413||-
3913|Hyresintäkt med frivillig moms|7413|HFS|
3960|Kursvinst i rörelsen|7413||
3973|Vinst på såld inventarie|7413||
3990|Övrig ersättning|7413||
4010|Inköp material och varor|7512||
4011|Inköp varor Sverige|7512||
4056|Inköp varor EU 25 %|7512|IVEU|
4057|Inköp varor EU, trepartshandel|7512|3VEU|
4410|Inköp byggtjänst, omvänd skatt|7512||-
4415|Inköp varor i Sverige, omvänd skatt, 25 %|7512|IV|
4416|Inköp varor i Sverige, omvänd skatt, 12 %|7512|IV|
4417|Inköp varor i Sverige, omvänd skatt, 6 %|7512|IV|
4425|Inköp tjänster i Sverige, omvänd skatt, 25 %|7512|IT|
4426|Inköp tjänster i Sverige, omvänd skatt, 12 %|7512|IT|
4427|Inköp tjänster i Sverige, omvänd skatt, 6 %|7512|IT|
4515|Inköp av varor från EU|7512|IVEU|
4516|Inköp av varor från EU 12 %|7512|IVEU|
4517|Inköp av varor från EU 6 %|7512|IVEU|
4531|Inköp av tjänst utanför EU|7512|ITGLOB|
4532|Inköp av tjänst utanför EU 12 %|7512|ITGLOB|
4533|Inköp av tjänst utanför EU 6 %|7512|ITGLOB|
4535|Inköp av tjänst från EU|7512|ITEU|
4536|Inköp av tjänst från EU 12 %|7512|ITEU|
4537|Inköp av tjänst från EU 6 %|7512|ITEU|
4545|Import av varor|7512|BI|
4546|Import av varor 12 %|7512|BI|
4547|Import av varor 6 %|7512|BI|
4600|Legoarbete|7512||PM
4730|Erhållen rabatt|7512||
4960|Lagerförändring handelsvaror|7512||
5010|Lokalhyra|7513||KA
5020|El till lokal|7513||
5060|Städning|7513||
5220|Hyra av inventarier|7513||
5410|Förbrukningsinventarier|7513||KA,PA
5420|Programvaror|7513||KA
5460|Förbrukningsmaterial|7513||KA,PA
5500|Reparationer|7513||
5611|Drivmedel|7513||
5615|Leasing av bil|7513||
5710|Frakt och transport|7513||
5800|Resor|7513||KA,PA
5831|Hotell i Sverige|7513||
5910|Annonser|7513||KA
6071|Representation, avdragsgill|7513||
6072|Representation, ej avdragsgill|7513||
6110|Kontorsmaterial|7513||
6212|Mobiltelefon|7513||
6230|Datakommunikation|7513||
6250|Porto|7513||
6310|Företagsförsäkring|7513||
6420|Revision|7513||
6530|Redovisningstjänst|7513||
6540|IT-tjänster|7513||KA
6550|Konsultarvode|7513||KA,PA
6570|Bankkostnader|7513||
6580|Advokat|7513||-
6590|Övriga externa tjänster|7513||
6970|Tidningar och facklitteratur|7513||
6991|Övrig kostnad, avdragsgill|7513||
6992|Övrig kostnad, ej avdragsgill|7513||
7010|Löner kollektivanställda|7514||KA
7210|Löner tjänstemän|7514||KA
7220|Lön företagsledare|7514||
7285|Semesterlön|7514||
7290|Ändrad semesterlöneskuld|7514||
7321|Traktamente skattefritt|7514||
7331|Bilersättning skattefri|7514||
7410|Pensionspremier|7514||
7510|Arbetsgivaravgifter|7514||
7519|Avgifter på semesterlön|7514||
7533|Löneskatt på pension|7514||-
7570|Arbetsmarknadsförsäkring|7514||
7610|Utbildning|7514||KA
7690|Övrig personalkostnad|7514||
7832|Avskrivning inventarier|7515||
7834|Avskrivning bilar|7515||
7835|Avskrivning datorer|7515||
7960|Kursförlust i rörelsen|7517||
7973|Förlust på såld inventarie|7517||-
8254|Ränta på långfristig fordran|7417||-
8310|Ränteintäkt bank|7417||
8313|Dröjsmålsränta från kund|7417||
8314|Skattefri ränteintäkt|7417||
8330|Kursdifferens finansiell|7417||-
8410|Ränta på banklån|7522||
8422|Dröjsmålsränta till leverantör|7522||
8423|Ränta till Skatteverket|7522||
8811|Avsatt till periodiseringsfond|7525||-
8850|Ändrad överavskrivning|7524||-
8910|Skatt på årets resultat|7528||
8999|Årets resultat|-7550||
9010|Intern fördelning|0||KM,PM
`;

const SETTING: Record<string, DimensionSetting> = { A: 'ALLOWED', M: 'MANDATORY', N: 'NOTALLOWED' };

const ACCOUNTS: readonly SandboxAccount[] = CHART.trim().split('\n').map(accountOf);

/** A fresh copy of the chart, every balance brought forward at nought. */
export function sandboxChart(): SandboxAccount[] {
	return ACCOUNTS.map((account) => ({ ...account }));
}

function accountOf(line: string): SandboxAccount {
	const [number = '', description = '', sru = '0', vatCode = '', marks = ''] = line.split('|');
	const settings = marks.split(',');
	const setting = (dimension: string): DimensionSetting =>
		SETTING[settings.find((mark) => mark.startsWith(dimension))?.slice(1) ?? 'A'] ?? 'ALLOWED';
	return {
		number: Number(number),
		description,
		active: !settings.includes('-'),
		sru: Number(sru),
		vatCode: vatCode || null,
		costCenter: null,
		costCenterSettings: setting('K'),
		project: null,
		projectSettings: setting('P'),
		transactionInformation: null,
		transactionInformationSettings: 'ALLOWED',
		broughtForward: 0,
		modifiedMinute: 0,
	};
}
