import { LedgerError } from '../ledger/problems';
import { replaceUnsupported } from '../ledger/text';
import { collectionParameter } from './parameters';
import type { Run } from './run';

/**
 * A text in the characters that Fortnox takes, after the option `unsupportedCharacters` of the operation.
 *
 * @throws {LedgerError} where the user chose to fail
 */
export function allowedText(run: Run, item: number, field: string, given: string): string {
	const { text, replaced } = replaceUnsupported(given);
	if (replaced.length === 0) return text;
	const characters = replaced.map(({ from }) => from).join(' ');
	if (collectionParameter(run, 'options', item).unsupportedCharacters === 'fail') {
		throw new LedgerError({
			code: 'ERROR_DATA_VALIDATION',
			field,
			message: `${field}: Fortnox does not accept the characters ${characters}. Remove them, or set 'Unsupported Characters' to Replace.`,
		});
	}
	run.hint(`${field}: characters that Fortnox does not accept were replaced (${characters}).`, item);
	return text;
}
