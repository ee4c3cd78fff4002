export type { SieEncoding } from './encoding';
export { isNumbered, voucherDigest, voucherIdentities } from './identity';
export {
	type SieReadOptions,
	hasBalances,
	parseSie,
	parseSieInSteps,
	readSie,
	readSieInSteps,
} from './reader';
export { SieError, type SieErrorReason } from './sieError';
export type * from './types';
export { runSteps } from './steps';
export { writeSie } from './writer';
export { type SieVoucherHandler, unbalancedVoucher } from './voucherReader';
