/**
 * The order of elements in the DTD of eSKDUpload 6.0. Skatteverket's own was not at hand, and xmllint in WebAssembly
 * validates by XML Schema only, so the sequence is written as one.
 */
const SEQUENCE = [
	'ForsMomsEjAnnan',
	'UttagMoms',
	'UlagMargbesk',
	'HyrinkomstFriv',
	'InkopVaruAnnatEg',
	'InkopTjanstAnnatEg',
	'InkopTjanstUtomEg',
	'InkopVaruSverige',
	'InkopTjanstSverige',
	'MomsUlagImport',
	'ForsVaruAnnatEg',
	'ForsVaruUtomEg',
	'InkopVaruMellan3p',
	'ForsVaruMellan3p',
	'ForsTjSkskAnnatEg',
	'ForsTjOvrUtomEg',
	'ForsKopareSkskSverige',
	'ForsOvrigt',
	'MomsUtgHog',
	'MomsUtgMedel',
	'MomsUtgLag',
	'MomsInkopUtgHog',
	'MomsInkopUtgMedel',
	'MomsInkopUtgLag',
	'MomsImportUtgHog',
	'MomsImportUtgMedel',
	'MomsImportUtgLag',
	'MomsIngAvdr',
];

const whole = (name: string): string => `<xs:element name="${name}" type="xs:integer" minOccurs="${name === 'MomsBetala' ? 1 : 0}"/>`;
const pattern = (name: string, expression: string): string =>
	`<xs:element name="${name}"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="${expression}"/></xs:restriction></xs:simpleType></xs:element>`;

export const ESKD_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="eSKDUpload"><xs:complexType><xs:sequence>
${pattern('OrgNr', '\\d{12}')}
<xs:element name="Moms"><xs:complexType><xs:sequence>
${pattern('Period', '\\d{4}(0[1-9]|1[0-2])')}
${[...SEQUENCE, 'MomsBetala'].map(whole).join('')}
<xs:element name="TextUpplysningMoms" type="xs:string" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
</xs:sequence><xs:attribute name="Version" fixed="6.0" use="required"/></xs:complexType></xs:element>
</xs:schema>`;
