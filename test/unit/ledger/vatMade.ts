import { vatRows, type VatInput } from '../../../nodes/shared/ledger/vat';

/** The accounts that a company has chosen for VAT: none is the one that BAS has for it. */
export const CHOSEN: Readonly<Record<string, number>> = {
	OUTVAT_MP1: 2610,
	OUTVAT_MP2: 2620,
	OUTVAT_MP3: 2630,
	INVAT: 2640,
	PRODUCT_DEB: 2646,
	PRODUCT_CRE: 2619,
	SERVICE_DEB: 2649,
	SERVICE_CRE: 2627,
	CONSTRUCTION_DEB: 2642,
	CONSTRUCTION_CRE: 2617,
};

/** The rows and hints of a line's VAT, or what is wrong with it. */
export function vat(input: Partial<VatInput> & Pick<VatInput, 'code'>) {
	const made = vatRows({ amount: 2500, lineAmount: -10000, predefinedAccount: (name) => CHOSEN[name], ...input });
	return made.value ?? made;
}
