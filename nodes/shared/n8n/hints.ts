import type { IExecuteFunctions } from 'n8n-workflow';
import { hintInForm, type Form } from './formNames';

/** How many hints of an execution are shown; more would hide the output. */
const MAX_HINTS = 10;

/** How many companies a hint names. */
const MAX_COMPANIES = 5;

/** What a sentence is about. */
interface About {
	/** The company, as far as it is known. */
	tenantId: number | undefined;
	/** The input item whose form has the fields that the sentence names. */
	item: number;
	/** Where the lines of that item come from, which decides what its fields are called. */
	linesSource: unknown;
	/** What came of the run as a whole: it is shown above the others, and never left out. */
	isHeadline?: boolean;
}

/** The first item that a sentence was about, and all companies. */
interface Told {
	item: number;
	companies: Set<number | undefined>;
	isHeadline: boolean;
}

/** Collects the hints for the end of an execution, each sentence once; `show` hands it to n8n. */
export class Hints {
	/** By the source of lines, in which items of one execution may differ, and by the sentence. */
	private readonly bySource = new Map<unknown, Map<string, Told>>();

	add(message: string, { tenantId, item, linesSource, isHeadline = false }: About): void {
		const sentences = this.bySource.get(linesSource) ?? new Map<string, Told>();
		const told = sentences.get(message) ?? { item, companies: new Set(), isHeadline };
		told.companies.add(tenantId);
		this.bySource.set(linesSource, sentences.set(message, told));
	}

	/**
	 * @param companies how many companies the execution worked on; with one, hints need not name it
	 * @param formOfItem the form by which the fields of an item are called as they are there
	 */
	show(context: IExecuteFunctions, companies: number, formOfItem: (item: number) => Form): void {
		const told = [...this.bySource.values()].flatMap((sentences) => [...sentences]);
		if (told.length === 0) return;
		const shown = told
			.sort(([, one], [, other]) => Number(other.isHeadline) - Number(one.isHeadline))
			.slice(0, MAX_HINTS)
			.map(
				([message, { item, companies: about }]) => `${hintInForm(message, formOfItem(item))}${companies > 1 ? ` (${named(about)})` : ''}`,
			);
		if (told.length > shown.length) shown.push(`… and ${told.length - shown.length} more notes of this kind.`);
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
