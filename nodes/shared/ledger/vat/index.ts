export { baseAloneHint } from './baseAlone';
export { impliedVat, readVatChoice, VAT_CHOICES, type VatChoice } from './choices';
export { checkVatBase, vatAccountHint, type ChartAccount } from './baseAccount';
export { namedBoxes } from './form';
export { splitGross, type GrossTax } from './gross';
export { booksVat, vatRows, type VatInput, type VatRow } from './rows';
export {
	boxOfBasNumber,
	boxOfVatCode,
	normalizedVatCode,
	VAT_BOXES,
	VAT_CODES,
	VAT_RATES,
	VAT_TABLE,
	vatCodeOfBasNumber,
	type VatBox,
	type VatCode,
	type VatRate,
} from './table';
export { checkRates } from './checkRates';
export { writeEskd } from './eskd';
export { rowsBesideSettlement } from './mixedSettlement';
export { placeOf } from './places';
export { settledOtherwise } from './settledOtherwise';
export { periodInText, settlementRows, settlementsFrom, textOfSettlement, type SettlementRow } from './settlement';
export { mayTakeBack, takenBackIn, type TakenBack } from './takenBack';
export { checkVatReturn, type VatFinding } from './vatChecks';
export { toVatRow, VatReturnCollector, type CodeOf, type VatAccount, type VatEntryRow, type VatReturn } from './vatReturn';
