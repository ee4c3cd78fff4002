import { FortnoxError } from './errors';

/**
 * Codes by which Fortnox says that the credential or the company is not allowed to use a register (see
 * `fortnox-errors`): scope, licences, rights.
 */
const NOT_ALLOWED = new Set([2000663, 2001101, 2001103, 2003275]);

/** Whether Fortnox refused because the credential's scopes, the company's licences or the user's rights don't reach. */
export function isNotAllowed(error: unknown): boolean {
	return error instanceof FortnoxError && (error.status === 403 || (error.fortnoxCode !== undefined && NOT_ALLOWED.has(error.fortnoxCode)));
}

/**
 * Whether Fortnox itself answered that what was asked for does not exist. A gateway's 404, which proves nothing
 * (`outcome`), says only that the request did not get through.
 */
export function isNotFound(error: unknown): boolean {
	return error instanceof FortnoxError && error.status === 404 && error.outcome === 'refused';
}

/** The answer, or undefined where Fortnox says that there is no such thing. Other errors pass, and so does a gateway's 404. */
export async function unlessNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
	return await answer.catch((error: unknown) => passOr(isNotFound(error), error));
}

/** The answer, or undefined where the credential is not allowed to ask; `told` is called then. Other errors pass. */
export async function unlessNotAllowed<T>(answer: Promise<T>, told: () => void): Promise<T | undefined> {
	return await answer.catch((error: unknown) => {
		const tolerated = isNotAllowed(error);
		if (tolerated) told();
		return passOr(tolerated, error);
	});
}

function passOr(tolerated: boolean, error: unknown): undefined {
	if (!tolerated) throw error;
	return undefined;
}
