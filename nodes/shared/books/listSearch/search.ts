import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { FortnoxApi } from '../../fortnox/api';
import { connect } from '../../fortnox/n8nTransport';
import { companyOf } from '../../n8n/company';
import { toNodeError } from '../../n8n/errors';

export type Search = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

export interface Choice {
	name: string;
	value: string;
}

/** How many choices a list shows at once; the rest comes when the user scrolls. */
const PAGE = 100;

/**
 * A searchable list. What is searched may stand anywhere in the name, in capitals or not, with or without the dots of
 * å, ä and ö; codes that begin with it come first, then names with a word that does.
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
				results: matching.slice(from, from + PAGE),
				...(matching.length > from + PAGE && { paginationToken: String(from + PAGE) }),
			};
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	};
}

/** The choices that have the text, the best first; those that fit alike keep their order. */
function byFit(choices: readonly Choice[], text: string): Choice[] {
	const wanted = plain(text).trim();
	if (wanted === '') return [...choices];
	const fits: [Choice[], Choice[], Choice[]] = [[], [], []];
	for (const choice of choices) {
		const name = plain(choice.name);
		if (!name.includes(wanted) && !plain(choice.value).includes(wanted)) continue;
		const fit = plain(choice.value).startsWith(wanted) ? 0 : ` ${name}`.includes(` ${wanted}`) ? 1 : 2;
		fits[fit].push(choice);
	}
	return fits.flat();
}

/** Small letters without marks: `Försäljning` is `forsaljning`. */
function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}+/gu, '')
		.toLowerCase();
}
