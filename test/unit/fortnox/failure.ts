import { FortnoxError } from '../../../nodes/shared/fortnox/errors';

export async function failure(promise: Promise<unknown>): Promise<FortnoxError> {
	const error: unknown = await promise.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof FortnoxError)) throw new Error(`not a FortnoxError: ${String(error)}`);
	return error;
}
