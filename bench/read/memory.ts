import type { IExecuteFunctions, IHttpRequestOptions, INodeExecutionData } from 'n8n-workflow';

import { FortnoxAccounting } from '../../nodes/FortnoxAccounting/FortnoxAccounting.node.js';
import { liveMb } from '../liveMb';

/** The moments of a reading at which it holds most. Where list and file are joined, it holds less than when it converts. */
export interface HeldMb {
	/** All pages of the list have come, the file is about to be asked for. */
	listed: number;
	/** The entries have their rows; only names are missing. */
	joined: number;
	/** The last entry is about to become output: the entries, the file, and the output but for one entry. */
	converted: number;
}

/** Where the node's requests tell how far it is. */
const MOMENTS: ReadonlyArray<[path: string, moment: 'listed' | 'joined']> = [
	['/3/sie/4', 'listed'],
	['/3/voucherseries', 'joined'],
];

/**
 * The node, which notes what is alive at fixed moments: before two of its requests, and when it reads the parameter
 * `options`, as it does for every entry that it puts out, for the last of them.
 *
 * @param entries how many there will be
 */
export function measuredNode(entries: number, held: HeldMb): typeof FortnoxAccounting {
	return class extends FortnoxAccounting {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const httpRequest = this.helpers.httpRequest.bind(this.helpers);
			const sending = async (options: IHttpRequestOptions): Promise<unknown> => {
				const [, moment] = MOMENTS.find(([path]) => options.url.includes(path)) ?? [];
				if (moment !== undefined) held[moment] = liveMb();
				const answer: unknown = await httpRequest(options);
				return answer;
			};
			Object.assign(this.helpers, { httpRequest: sending });
			const read = this.getNodeParameter.bind(this);
			let converted = 0;
			const reading = (name: string, item: number, fallback: unknown): unknown => {
				if (name === 'options' && held.joined > 0 && ++converted === entries) held.converted = liveMb();
				return read(name, item, fallback);
			};
			Object.assign(this, { getNodeParameter: reading });
			return await FortnoxAccounting.prototype.execute.call(this);
		}
	};
}
