import type { ICredentialType, Icon, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { allowLocalHttpField } from '../nodes/shared/fortnox/allowLocalHttp';
import { BASE_URL, LOCAL_BASE_URL } from '../nodes/shared/fortnox/baseUrl';
import { LONGEST_BASE_URL } from '../nodes/shared/fortnox/bounds';

/** Fortnox's scopes; every one of them allows reading and writing. Source: Fortnox's page on scopes; of licences, what integrations report. */
const SCOPES: INodePropertyOptions[] = [
	{ name: 'Archive', value: 'archive', description: 'Download the files of entries (Get Attachments); licence: Arkivplats' },
	{ name: 'Article', value: 'article', description: 'Articles; not used by this node' },
	{
		name: 'Bookkeeping',
		value: 'bookkeeping',
		description: 'Accounts, journals, entries, financial years, reports, VAT returns, SIE; licence: Bokföring or Kundfaktura',
	},
	{ name: 'Company Information', value: 'companyinformation', description: 'Name and number of the company (Company: Get); licence: any' },
	{
		name: 'Connect File',
		value: 'connectfile',
		description: 'Attach files to entries and list them (Add Attachment, Get Attachments); licence: Bokföring, Anläggning or Arkivplats',
	},
	{
		name: 'Cost Center',
		value: 'costcenter',
		description: 'Cost centers on entries and in reports; licence: Bokföring, Order or Kundfaktura',
	},
	{ name: 'Currency', value: 'currency', description: 'Check exchange rates or take them from the register; its licence is not published' },
	{ name: 'Customer', value: 'customer', description: 'Customers; not used by this node' },
	{ name: 'Inbox', value: 'inbox', description: 'Files of the inbox and uploads for entries (Inbox, Add Attachment); licence: any' },
	{ name: 'Invoice', value: 'invoice', description: 'Invoices; not used by this node' },
	{ name: 'Nox Finans Invoice', value: 'noxfinansinvoice', description: 'Invoice financing; not used by this node' },
	{ name: 'Offer', value: 'offer', description: 'Offers; not used by this node' },
	{ name: 'Order', value: 'order', description: 'Orders; not used by this node' },
	{ name: 'Payment', value: 'payment', description: 'Payments of invoices; not used by this node' },
	{ name: 'Price', value: 'price', description: 'Price lists; not used by this node' },
	{ name: 'Print', value: 'print', description: 'Print templates; not used by this node' },
	{ name: 'Profile', value: 'profile', description: 'The user who connected; not used by this node' },
	{ name: 'Project', value: 'project', description: 'Projects on entries and in reports; licence: Bokföring, Order or Kundfaktura' },
	{ name: 'Salary', value: 'salary', description: 'Employees and salaries; not used by this node' },
	{ name: 'Settings', value: 'settings', description: 'Locked period, predefined accounts and journals; licence: any' },
	{ name: 'Supplier', value: 'supplier', description: 'Suppliers; not used by this node' },
	{ name: 'Supplier Invoice', value: 'supplierinvoice', description: 'Supplier invoices; not used by this node' },
	{ name: 'Time Reporting', value: 'timereporting', description: 'Time reports; not used by this node' },
];

/**
 * What the operations of the node ask Fortnox for, but for `archive`: it needs a licence (Arkivplats) that many companies
 * lack, and one scope without licence fails the whole consent.
 */
const NEEDED_SCOPES = ['bookkeeping', 'companyinformation', 'connectfile', 'costcenter', 'currency', 'inbox', 'project', 'settings'];

/**
 * No selection stands for the needed scopes: the editor's dialog for a new credential keeps permissions of its own
 * under the name `scopes` and so starts with, and stores, an empty list (seen in n8n 1.123 and 2.41).
 */
const SCOPE = `={{ ($self["customScopes"] ? String($self["enabledScopes"] || "").replace(/[\\s,;]+/g, " ").trim() : ($self["scopes"] || []).join(" ")) || "${NEEDED_SCOPES.join(' ')}" }}`;

/**
 * n8n itself sends the client secret to the token URL, so the URLs come out empty where the base URL must not be trusted.
 */
function derivedUrl(lastPart: 'auth' | 'token'): string {
	const url = `$self["oauthBaseUrl"].replace(/(?<!\\/)\\/+$/, "") + "/${lastPart}"`;
	const isShort = `String($self["oauthBaseUrl"]).length <= ${LONGEST_BASE_URL}`;
	const matches = ({ source }: RegExp): string => `/${source}/i.test($self["oauthBaseUrl"])`;
	const isUsable = `(${matches(BASE_URL)} || $self["allowLocalHttp"] === true && ${matches(LOCAL_BASE_URL)})`;
	return `={{ ${isShort} && ${isUsable} ? ${url} : "" }}`;
}

export class FortnoxOAuth2Api implements ICredentialType {
	name = 'fortnoxOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Fortnox OAuth2 API';

	documentationUrl = 'https://github.com/n8n-nodes-fortnox/n8n-nodes-fortnox-accounting#connect';

	icon: Icon = {
		light: 'file:../icons/fortnoxAccounting.svg',
		dark: 'file:../icons/fortnoxAccounting.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'In the Fortnox Developer Portal, enter the OAuth Redirect URL as redirect URI of your app, ' +
				`and give the app the scopes that you select here; where you select none, ${NEEDED_SCOPES.join(', ')}. ` +
				'When Fortnox answers 2000663, the app lacks a scope, ' +
				'or the credential was connected before the scope was selected: correct it and connect again. ' +
				'Where n8n fails to connect, Fortnox’s answer is under More details. ' +
				'When it is error_missing_license, the company lacks the licence of a scope: leave that scope out. ' +
				'Each says its licence; those that need one of their own are Archive (Arkivplats) and Connect File (Bokföring, Anläggning or Arkivplats).',
			name: 'portalNotice',
			type: 'notice',
			default: '',
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Account Type',
			name: 'accountType',
			type: 'options',
			options: [
				{
					name: 'Company',
					value: 'service',
					description:
						'Works for the company, whoever connects; that must be a system administrator, and the app must allow service accounts',
				},
				{
					name: 'User',
					value: 'user',
					description: 'Works for the user who connects, with that user’s permissions, and stops when that user leaves',
				},
			],
			default: 'service',
			description: 'For whom the connection works, and whom Fortnox shows as the author of the entries',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'multiOptions',
			options: SCOPES,
			default: NEEDED_SCOPES,
			hint: 'None selected: what this node needs, but for Archive',
			description:
				'What to ask access for, reading and writing alike. If none is selected, what this node needs, but for Archive. ' +
				'The company must have a Fortnox licence for each of them: one without fails the whole consent.',
			displayOptions: { hide: { customScopes: [true] } },
		},
		{
			displayName: 'Custom Scopes',
			name: 'customScopes',
			type: 'boolean',
			default: false,
			description: 'Whether to write the scopes as a text in place of selecting them',
		},
		{
			displayName: 'Enabled Scopes',
			name: 'enabledScopes',
			type: 'string',
			default: NEEDED_SCOPES.join(' '),
			displayOptions: { show: { customScopes: [true] } },
			description:
				'Scopes of Fortnox, separated by spaces; leave out those whose licence the company lacks. If none is named, what this node needs, but for Archive.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: SCOPE,
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: 'https://api.fortnox.se',
			required: true,
			description: 'Address of the API; https, or http on a loopback address (sandbox)',
		},
		{
			displayName: 'OAuth Base URL',
			name: 'oauthBaseUrl',
			type: 'string',
			default: 'https://apps.fortnox.se/oauth-v1',
			required: true,
			description: 'Address without /auth or /token at its end; https, or http on a loopback address (sandbox)',
		},
		allowLocalHttpField,
		{ displayName: 'Authorization URL', name: 'authUrl', type: 'hidden', default: derivedUrl('auth') },
		{ displayName: 'Access Token URL', name: 'accessTokenUrl', type: 'hidden', default: derivedUrl('token') },
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '={{ $self["accountType"] === "service" ? "access_type=offline&account_type=service" : "access_type=offline" }}',
		},
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
	];
}
