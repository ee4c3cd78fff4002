import type { SandboxYear } from './year';

/**
 * Carries the balance accounts over and puts the old year's result on 2099, as Fortnox does when it creates a year, and
 * later only where a person asks for it: what is booked in the old year afterwards leaves the new one's balances stale.
 */
export function carryForward(from: SandboxYear, to: SandboxYear): void {
	let result = 0;
	for (const account of from.accountsByNumber()) {
		const closing = account.broughtForward + from.movement(account.number);
		const target = to.accounts.get(account.number);
		if (account.number >= 3000) result += closing;
		else if (target) target.broughtForward = closing;
	}
	const equity = to.accounts.get(2099);
	if (equity) equity.broughtForward += result;
}
