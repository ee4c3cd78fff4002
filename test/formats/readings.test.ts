import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { COMPANY, countVouchers, startWorld, type World } from '../engine/support/world';
import posted from './readings/v0.1.json';

/**
 * Input that 0.1 read in another way than this version does, and the vouchers that 0.1 made of it (written by 0.1 itself:
 * nothing in that file may change). Run again under its number, such an entry is compared by 0.1's rules.
 */
describe('an entry whose input version 0.1 read in another way', () => {
	let world: World;
	beforeEach(async () => {
		world = await startWorld();
	});
	afterEach(async () => await world.close());

	interface Sample {
		parameters: INodeParameters;
		input?: IDataObject[];
		voucher: { date: string; description: string; comments: string; rows: Array<{ account: number; debit: number; credit: number }> };
	}
	const samples: Record<string, Sample> = posted;
	const book = ({ voucher }: Sample): string => {
		const { number, yearId } = world.sandbox.company(COMPANY).addVoucher({ series: 'A', ...voucher });
		return `A-${number}-${yearId}`;
	};

	it.each(Object.keys(samples))('is known again: %s', async (name) => {
		const sample = samples[name];
		if (sample === undefined) throw new Error(name);
		const id = book(sample);
		const before = countVouchers(world.sandbox);
		const { parameters, input } = sample;
		const result = await world.run(parameters, input ? { input } : {});
		expect(result.error).toBeUndefined();
		expect(result.json()).toEqual([expect.objectContaining({ id, already_posted: true, number: name })]);
		expect(countVouchers(world.sandbox)).toBe(before);
		expect(result.hints().some((hint) => hint.includes('by an earlier version of this node'))).toBe(true);
	});

	it.each(Object.keys(samples))('and is not taken for one of other content: %s', async (name) => {
		const sample = samples[name];
		if (sample === undefined) throw new Error(name);
		book(sample);
		const before = countVouchers(world.sandbox);
		const text = JSON.stringify({ parameters: sample.parameters, input: sample.input }).replace(/(debit|credit)(\\?"):100/g, '$1$2:110');
		const changed: Pick<Sample, 'parameters' | 'input'> = JSON.parse(text);
		const result = await world.run(changed.parameters, changed.input ? { input: changed.input } : {});
		expect(result.error?.context?.error_code).toBe('ERROR_NUMBER_ALREADY_USED');
		expect(result.error?.message).toMatch(/100\.00 and is 110\.00/);
		expect(countVouchers(world.sandbox)).toBe(before);
	});

	it('is known again without its mark, by the day and the rows that 0.1 gave it', async () => {
		const sample = samples['KST-1'];
		if (sample === undefined) throw new Error('KST-1');
		const id = book({ ...sample, voucher: { ...sample.voucher, comments: '' } });
		const result = await world.run(sample.parameters, sample.input ? { input: sample.input } : {});
		expect(result.error?.context?.error_code).toBe('ERROR_POST_NOT_VERIFIABLE');
		expect(result.error?.message).toContain(id);
	});
});
