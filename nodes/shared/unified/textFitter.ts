import { cutText, lengthOf, replaceUnsupported } from '../ledger/text';
import type { Findings } from './readObject';

/** Brings texts into the characters and the length that Fortnox takes, and says what it changed. */
export class TextFitter {
	constructor(
		private readonly unsupported: 'replace' | 'fail',
		private readonly findings: Findings,
	) {}

	allowed(text: string, field: string): string {
		const { text: replacement, replaced } = replaceUnsupported(text);
		if (replaced.length === 0) return replacement;
		const characters = replaced.map(({ from, to }) => `${from} → ${to === '' ? 'nothing' : to}`).join(', ');
		if (this.unsupported === 'fail') {
			this.findings.add(
				'ERROR_DATA_VALIDATION',
				field,
				`${field}: Fortnox does not accept the characters ${replaced.map(({ from }) => from).join(' ')}. Remove them, or set 'Unsupported Characters' to Replace.`,
			);
		} else {
			this.findings.hints.push(`${field}: characters that Fortnox does not accept were replaced (${characters}).`);
		}
		return replacement;
	}

	fit(text: string, field: string, max: number): string {
		const allowed = this.allowed(text, field);
		if (lengthOf(allowed) <= max) return allowed;
		this.findings.hints.push(`${field}: cut to the ${max} characters that Fortnox takes.`);
		return cutText(allowed, max);
	}
}
