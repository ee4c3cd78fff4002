import type { IExecuteFunctions } from 'n8n-workflow';
import { hintInForm, type Form } from './formNames';

/** How many hints of an execution are shown; more would hide the output. */
const MAX_HINTS = 10;

/** How many companies a hint names. */
const MAX_COMPANIES = 5;

/** Collects the hints for the end of an execution, each sentence once; `show` hands it to n8n. */
export class Hints {
	/** The companies that a sentence is about, by the sentence. */
	private readonly messages = new Map<string, Set<number | undefined>>();

	/** @param tenantId the company that the sentence is about, as far as it is known */
	add(message: string, tenantId: number | undefined): void {
		const about = this.messages.get(message) ?? new Set();
		this.messages.set(message, about.add(tenantId));
	}

	/**
	 * @param companies how many companies the execution worked on; with one, hints need not name it
	 * @param form by which fields are called as they are there
	 */
	show(context: IExecuteFunctions, companies: number, form: Form): void {
		const { size } = this.messages;
		if (size === 0) return;
		const shown = [...this.messages]
			.slice(0, MAX_HINTS)
			.map(([message, about]) => `${hintInForm(message, form)}${companies > 1 ? ` (${named(about)})` : ''}`);
		if (size > shown.length) shown.push(`… and ${size - shown.length} more notes of this kind.`);
		context.addExecutionHints(...shown.map((message) => ({ message, location: 'outputPane' as const })));
	}
}

function named(companies: ReadonlySet<number | undefined>): string {
	const ids = [...companies]
		.slice(0, MAX_COMPANIES)
		.map((id) => id ?? 'not known')
		.join(', ');
	const more = companies.size > MAX_COMPANIES ? ` and ${companies.size - MAX_COMPANIES} more` : '';
	return `${companies.size === 1 ? 'company' : 'companies'} ${ids}${more}`;
}
