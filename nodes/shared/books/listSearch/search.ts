import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import { connect } from '../../fortnox/n8nTransport';
import { companyOf } from '../../n8n/company';
import { toNodeError } from '../../n8n/errors';

export type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

export interface Choice {
	name: string;
	value: string;
	/** Other words by which people look for it. */
	alsoCalled?: string;
}

/** How many choices a list shows at once; the rest comes when the user scrolls. */
const PAGE = 100;

/**
 * A searchable list. What is searched may stand anywhere in the name, in capitals or not, with or without the dots of
 * å, ä and ö and the signs between words (`sale 25` finds `Sale, 25 %`, and `a8` the entry `A 8`). Codes that begin with it
 * come first, then names with a word that does; names that have all of its words in another order come last.
 *
 * @param choices all of them, in the order in which they are shown where nothing is searched
 */
export function searchIn(choices: (fortnox: FortnoxApi, context: ILoadOptionsFunctions) => Promise<Choice[]>): Search {
	return async function (this: ILoadOptionsFunctions, filter, paginationToken) {
		try {
			const all = await choices(await connect(this, await companyOf(this)), this);
			const matching = byFit(all, filter ?? '');
			const from = Number(paginationToken ?? 0);
			return {
				results: matching.slice(from, from + PAGE).map(({ name, value }) => ({ name, value })),
				...(matching.length > from + PAGE && { paginationToken: String(from + PAGE) }),
			};
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	};
}

/** The choices that have the text, the best first; those that fit alike keep their order. */
function byFit(choices: readonly Choice[], text: string): Choice[] {
	const wanted = words(text);
	if (wanted === '') return text.trim() === '' ? [...choices] : [];
	// People write the number of an entry beside its series: `A8`.
	const forms = [...new Set([wanted, wanted.replace(/^([a-z]{1,10})(\d{1,10})$/, '$1 $2')])];
	const fits: [Choice[], Choice[], Choice[], Choice[]] = [[], [], [], []];
	for (const choice of choices) {
		const [code, name] = [words(choice.value), words(choice.name)];
		const all = `${name} ${code} ${words(choice.alsoCalled ?? '')}`;
		if (forms.some((form) => code.startsWith(form))) fits[0].push(choice);
		else if (forms.some((form) => ` ${name}`.includes(` ${form}`))) fits[1].push(choice);
		else if (forms.some((form) => all.includes(form))) fits[2].push(choice);
		else if (wanted.split(' ').every((word) => all.includes(word))) fits[3].push(choice);
	}
	return fits.flat();
}

/** The words of a text in small letters without marks, and what stands between them as one space: `Sale, 25 %` is `sale 25`. */
function words(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
