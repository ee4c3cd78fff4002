import type { CompanyState } from '../company/company';
import type { Settings } from '../settings';
import type { SandboxClient } from './tokens';

/** What an app asks of a company. */
export interface ConsentRequest {
	client: SandboxClient;
	scopes: string[];
	serviceAccount: boolean;
}

/** Why a company refuses a consent, as the redirect's `error`; undefined where it agrees. */
export function consentRefusal(
	company: CompanyState,
	{ client, scopes, serviceAccount }: ConsentRequest,
	settings: Settings,
): { error: string; description: string } | undefined {
	const unlicensed = scopes.filter((scope) => company.profile.unlicensedScopes.includes(scope));
	if (!company.profile.apiLicence || (unlicensed.length > 0 && settings.consentWithoutLicence === 'refuse')) {
		return {
			error: 'error_missing_license',
			description: `No licence${unlicensed.length ? ` for ${unlicensed.join(' ')}` : ''}`,
		};
	}
	if (serviceAccount && !client.serviceAccounts) return { error: 'invalid_request', description: 'Client does not allow service account' };
	if (serviceAccount && !company.profile.user.systemAdministrator) {
		return {
			error: 'error_missing_system_admin_right',
			description: 'A service account needs a system administrator',
		};
	}
	return undefined;
}

/** Notes that a company approved an app, once per app and kind of account. */
export function recordConsent(company: CompanyState, clientId: string, scopes: string[], serviceAccount: boolean): void {
	const same = company.connections.find((other) => other.clientId === clientId && other.serviceAccount === serviceAccount);
	if (same) same.scopes = scopes;
	else company.connections.push({ clientId, scopes, serviceAccount });
}
