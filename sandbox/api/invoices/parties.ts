import type { CompanyState } from '../../company/company';
import type { SandboxParty } from '../../company/types';
import { PlaceholderRefusal, Refusal } from '../wire/answer';
import { someOf } from '../wire/fields';
import { registerRoutes, type Register } from '../wire/register';
import type { Route } from '../wire/route';

/** Customers and suppliers differ in their names on the wire alone, as far as an invoice needs them. */
interface Kind {
	single: 'Customer' | 'Supplier';
	partiesOf: (company: CompanyState) => SandboxParty[];
	/** Fortnox's refusal of a number that nobody has: 404 in a path, 400 in a body. */
	missing: (status: 400 | 404) => Error;
}

export const CUSTOMERS: Kind = {
	single: 'Customer',
	partiesOf: ({ customers }) => customers,
	missing: (status) =>
		status === 404
			? new Refusal(404, 2000433, 'Kan inte hitta kunden.')
			: new Refusal(400, 2000204, 'Kunde inte hämta/hitta kund (kundnummer)'),
};

export const SUPPLIERS: Kind = {
	single: 'Supplier',
	partiesOf: ({ suppliers }) => suppliers,
	missing: (status) => new PlaceholderRefusal('supplierNotFound', '', status),
};

const UNSIMULATED = [
	...['customernumber', 'name', 'zipcode', 'city', 'email', 'phone', 'organisationnumber', 'gln', 'glndelivery'],
	...['lastmodified', 'sortby'],
];

function register({ single, partiesOf, missing }: Kind): Register<SandboxParty> {
	const path = `${single.toLowerCase()}s`;
	const key = `${single}Number`;
	return {
		path,
		scope: single.toLowerCase(),
		single,
		list: `${single}s`,
		specs: someOf({
			[key]: { type: 'text', max: 25 },
			Name: { type: 'text', required: true, max: 1024 },
			OrganisationNumber: { type: 'text', max: 30 },
		}),
		unsimulated: UNSIMULATED,
		items: ({ company }) => partiesOf(company),
		key: ({ number }) => number,
		notFound: () => missing(404),
		toWire: ({ number, name, organizationNumber }, baseUrl) => ({
			'@url': `${baseUrl}/3/${path}/${encodeURIComponent(number)}`,
			[key]: number,
			Name: name,
			OrganisationNumber: organizationNumber,
		}),
		create: (fields, { company }) => ({
			// Fortnox numbers one itself where no number is given.
			number: fields.text(key) ?? String(1 + Math.max(0, ...partiesOf(company).map(({ number }) => Number(number) || 0))),
			name: fields.text('Name') ?? '',
			organizationNumber: fields.text('OrganisationNumber') ?? '',
		}),
		update(party, fields) {
			party.name = fields.text('Name') ?? party.name;
			const organizationNumber = fields.text('OrganisationNumber');
			if (organizationNumber !== undefined) party.organizationNumber = organizationNumber ?? '';
		},
	};
}

/** The one that an invoice names. Throws Fortnox's refusal where there is none. */
export function findParty({ partiesOf, missing }: Kind, company: CompanyState, number: string): SandboxParty {
	const party = partiesOf(company).find((each) => each.number === number);
	if (!party) throw missing(400);
	return party;
}

export const partyRoutes: readonly Route[] = [
	...registerRoutes(register(CUSTOMERS)),
	// Fortnox's document has no DELETE of a supplier.
	...registerRoutes(register(SUPPLIERS)).filter(({ method }) => method !== 'DELETE'),
];
