export type { SieEncoding } from './encoding';
export { isNumbered, voucherDigest, voucherDigestInSteps, voucherIdentities, type VoucherIdentity } from './identity';
export { type SieReadOptions, hasBalances, parseSie, parseSieInSteps, readSie, readSieInSteps } from './reader';
export { type KnownMark, type Recognition, recogniseVouchers, VOUCHER_NUMBERS, type VoucherNumbers } from './recognise';
export { SieError, type SieErrorReason } from './sieError';
export type * from './types';
export { type SieVoucherHandler, unbalancedVoucher } from './voucherReader';
