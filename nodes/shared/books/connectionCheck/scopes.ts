import type { Check } from './check';

interface Scope {
	name: string;
	/** What the node does with it. */
	use: string;
	/** The licences of which the company needs one; absent where it is not known. */
	licence?: string;
	/** The node's credential asks for it unless the user chooses otherwise. */
	isUsual: boolean;
}

/** Fortnox's scopes that the operations need. Licences as integrations report them: one that the company lacks fails the whole consent. */
const SCOPES: readonly Scope[] = [
	{
		name: 'bookkeeping',
		use: 'accounts, journals, entries, financial years and reports',
		licence: 'Bokföring or Kundfaktura',
		isUsual: true,
	},
	{ name: 'companyinformation', use: 'the name and the number of the company', licence: 'any', isUsual: true },
	{ name: 'settings', use: 'the locked period and the predefined accounts', licence: 'any', isUsual: true },
	{ name: 'currency', use: 'checking exchange rates and taking them from the register', isUsual: true },
	{ name: 'costcenter', use: 'cost centers on entries', licence: 'Bokföring, Order or Kundfaktura', isUsual: true },
	{ name: 'project', use: 'projects on entries', licence: 'Bokföring, Order or Kundfaktura', isUsual: true },
	{ name: 'inbox', use: 'uploading files', licence: 'any', isUsual: true },
	{ name: 'connectfile', use: 'attaching files to entries', licence: 'Bokföring, Anläggning or Arkivplats', isUsual: true },
	{ name: 'archive', use: 'downloading files that are attached to entries', licence: 'Arkivplats', isUsual: false },
];

/** @param granted of the access token; undefined where it does not say */
export function scopeChecks(granted: readonly string[] | undefined): Check[] {
	if (granted === undefined) {
		return [
			{
				name: 'scopes',
				ok: true,
				message: 'The access token does not say which scopes it has; a missing one shows when it is used.',
				what_to_do: null,
			},
		];
	}
	return SCOPES.map(({ name, use, licence, isUsual }) => {
		if (granted.includes(name))
			return { name: `scope_${name}`, ok: true, message: `Granted: ${use}. Licence: ${licence ?? 'not published'}.`, what_to_do: null };
		const wants =
			licence === undefined || licence === 'any'
				? ''
				: ` The company needs a licence for it: ${licence}. Without one, asking for the scope makes Fortnox refuse the whole consent.`;
		const todo = `Tick ${name} in the credential and in the app's settings in the Fortnox Developer Portal, and connect again.${wants}`;
		return isUsual
			? { name: `scope_${name}`, ok: false, message: `Not granted, so this will not work: ${use}.`, what_to_do: todo }
			: { name: `scope_${name}`, ok: true, message: `Not granted, and needed only for ${use}.`, what_to_do: todo };
	});
}
