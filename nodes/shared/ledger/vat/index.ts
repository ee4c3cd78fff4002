export { checkVatBase, vatAccountHint, type ChartAccount } from './baseAccount';
export { splitGross } from './gross';
export { vatRows, type VatInput, type VatRow } from './rows';
export { boxOfBasNumber, boxOfVatCode, normalizedVatCode, VAT_BOXES, VAT_CODES, VAT_RATES, VAT_TABLE, vatCodeOfBasNumber, type VatBox, type VatCode, type VatRate } from './table';
export { checkRates } from './checkRates';
export { readTwelveDigits, writeEskd } from './eskd';
export { settledOtherwise, settlementRows, type SettlementRow } from './settlement';
export { checkVatReturn, type VatFinding } from './vatChecks';
export { toVatRow, VatReturnCollector, type CodeOf, type VatAccount, type VatReturn } from './vatReturn';
