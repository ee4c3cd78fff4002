import { stockholmDate } from '../company/clock';
import type { SandboxCostCenter, SandboxCurrency, SandboxModeOfPayment, SandboxProject } from '../company/types';
import { PlaceholderRefusal, Refusal } from './wire/answer';
import { missing, registerRoutes, type Register } from './wire/register';
import type { Route, RouteContext } from './wire/route';

const currencies: Register<SandboxCurrency> = {
	path: 'currencies',
	scope: 'currency',
	single: 'Currency',
	list: 'Currencies',
	specs: {
		Code: { type: 'text', required: true, max: 3 },
		Description: { type: 'text', required: true },
		Date: { type: 'date' },
		BuyRate: { type: 'number', min: 0 },
		SellRate: { type: 'number', min: 0 },
		Unit: { type: 'number', min: 1 },
		IsAutomatic: { type: 'boolean' },
	},
	items: ({ company }) => company.currencies,
	key: ({ code }) => code,
	notFound: missing('currencyNotFound'),
	toWire: (currency, baseUrl) => ({
		'@url': `${baseUrl}/3/currencies/${currency.code}`,
		BuyRate: currency.buyRate,
		Code: currency.code,
		Date: currency.date,
		Description: currency.description,
		SellRate: currency.sellRate,
		Unit: currency.unit,
		IsAutomatic: currency.isAutomatic,
	}),
	create: (fields, { now }) => ({
		code: knownCurrency(fields.text('Code') ?? ''),
		description: fields.text('Description') ?? '',
		date: fields.text('Date') ?? stockholmDate(now),
		buyRate: fields.number('BuyRate') ?? 1,
		sellRate: fields.number('SellRate') ?? 1,
		unit: fields.number('Unit') ?? 1,
		isAutomatic: fields.boolean('IsAutomatic') ?? false,
	}),
	update(currency, fields) {
		if (currency.isAutomatic) throw new PlaceholderRefusal('automaticCurrency', currency.code);
		currency.description = fields.text('Description') ?? currency.description;
		currency.date = fields.text('Date') ?? currency.date;
		currency.buyRate = fields.number('BuyRate') ?? currency.buyRate;
		currency.sellRate = fields.number('SellRate') ?? currency.sellRate;
		currency.unit = fields.number('Unit') ?? currency.unit;
		currency.isAutomatic = fields.boolean('IsAutomatic') ?? currency.isAutomatic;
	},
};

/** Only currencies that exist can be added. */
function knownCurrency(code: string): string {
	if (!Intl.supportedValuesOf('currency').includes(code)) throw new PlaceholderRefusal('currencyUnknown', code);
	return code;
}

const costCenters: Register<SandboxCostCenter> = {
	path: 'costcenters',
	scope: 'costcenter',
	single: 'CostCenter',
	list: 'CostCenters',
	specs: {
		Code: { type: 'text', required: true, max: 6 },
		Description: { type: 'text', required: true },
		Active: { type: 'boolean' },
		Note: { type: 'text' },
	},
	items: ({ company }) => company.costCenters,
	key: ({ code }) => code,
	notFound: missing('costCenterNotFound'),
	toWire: (center, baseUrl) => ({
		'@url': `${baseUrl}/3/costcenters/${encodeURIComponent(center.code)}`,
		Code: center.code,
		Description: center.description,
		Note: center.note,
		Active: center.active,
	}),
	create: (fields) => ({
		code: fields.text('Code') ?? '',
		description: fields.text('Description') ?? '',
		active: fields.boolean('Active') ?? true,
		note: fields.text('Note') ?? null,
	}),
	update(center, fields) {
		center.description = fields.text('Description') ?? center.description;
		center.active = fields.boolean('Active') ?? center.active;
		const note = fields.text('Note');
		if (note !== undefined) center.note = note;
	},
};

const STATUSES = ['NOTSTARTED', 'ONGOING', 'COMPLETED'] as const;
const projectStatus = (text: string | null | undefined) => STATUSES.find((status) => status === text);

const projects: Register<SandboxProject> = {
	path: 'projects',
	location: 'project',
	scope: 'project',
	single: 'Project',
	list: 'Projects',
	specs: {
		ProjectNumber: { type: 'text', max: 20 },
		Description: { type: 'text', required: true, max: 50 },
		Status: { type: 'text', choices: STATUSES },
		StartDate: { type: 'date' },
		EndDate: { type: 'date' },
		ProjectLeader: { type: 'text', max: 50 },
		ContactPerson: { type: 'text', max: 50 },
		Comments: { type: 'text', max: 512 },
	},
	items: ({ company }) => company.projects,
	key: ({ number }) => number,
	notFound: () => new Refusal(404, 2001161, 'Kan inte hitta projektet.'),
	toWire: (project, baseUrl) => ({
		...projectListItem(project, baseUrl),
		Comments: project.comments,
		ContactPerson: project.contactPerson,
	}),
	toListWire: projectListItem,
	create: (fields, { company }) => ({
		// Fortnox numbers a project itself where none is given.
		number: fields.text('ProjectNumber') ?? String(1 + Math.max(0, ...company.projects.map(({ number }) => Number(number) || 0))),
		description: fields.text('Description') ?? '',
		status: projectStatus(fields.text('Status')) ?? 'ONGOING',
		startDate: fields.text('StartDate') ?? null,
		endDate: fields.text('EndDate') ?? null,
		projectLeader: fields.text('ProjectLeader') ?? null,
		contactPerson: fields.text('ContactPerson') ?? null,
		comments: fields.text('Comments') ?? null,
	}),
	update(project, fields) {
		project.description = fields.text('Description') ?? project.description;
		project.status = projectStatus(fields.text('Status')) ?? project.status;
		for (const [name, key] of [
			['StartDate', 'startDate'],
			['EndDate', 'endDate'],
			['ProjectLeader', 'projectLeader'],
			['ContactPerson', 'contactPerson'],
			['Comments', 'comments'],
		] as const) {
			const text = fields.text(name);
			if (text !== undefined) project[key] = text;
		}
	},
};

function projectListItem(project: SandboxProject, baseUrl: string): Record<string, unknown> {
	return {
		'@url': `${baseUrl}/3/projects/${encodeURIComponent(project.number)}`,
		Description: project.description,
		EndDate: project.endDate,
		ProjectLeader: project.projectLeader,
		ProjectNumber: project.number,
		Status: project.status,
		StartDate: project.startDate,
	};
}

const modesOfPayments: Register<SandboxModeOfPayment> = {
	path: 'modesofpayments',
	scope: 'settings',
	single: 'ModeOfPayment',
	list: 'ModesOfPayments',
	specs: {
		Code: { type: 'text', required: true },
		Description: { type: 'text' },
		AccountNumber: { type: 'text', required: true, max: 4 },
	},
	items: ({ company }) => company.modesOfPayments,
	key: ({ code }) => code,
	notFound: missing('modeOfPaymentNotFound'),
	toWire: (mode, baseUrl) => ({
		'@url': `${baseUrl}/3/modesofpayments/${encodeURIComponent(mode.code)}`,
		AccountNumber: mode.accountNumber,
		Code: mode.code,
		Description: mode.description,
	}),
	create: (fields, context) => ({
		code: fields.text('Code') ?? '',
		description: fields.text('Description') ?? '',
		accountNumber: existingAccount(fields.text('AccountNumber'), context),
	}),
	update(mode, fields, context) {
		mode.description = fields.text('Description') ?? mode.description;
		const account = fields.text('AccountNumber');
		if (account) mode.accountNumber = existingAccount(account, context);
	},
};

function existingAccount(number: string | null | undefined, { company }: RouteContext): string {
	if (!number || !company.currentYear()?.accounts.has(Number(number))) throw new Refusal(400, 2001304, 'Kunde inte hitta konto');
	return number;
}

export const registerRoutesOfAll: readonly Route[] = [
	...registerRoutes(currencies),
	...registerRoutes(costCenters),
	...registerRoutes(projects),
	...registerRoutes(modesOfPayments),
];
