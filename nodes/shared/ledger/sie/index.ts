export type { SieEncoding } from './encoding';
export { isNumbered, voucherDigest, voucherIdentities } from './identity';
export {
	type SieReadOptions,
	type SieVoucherHandler,
	hasBalances,
	parseSie,
	parseSieInSteps,
	readSie,
	readSieInSteps,
	unbalancedVoucher,
} from './reader';
export { SieError, type SieErrorReason } from './sieError';
export type * from './types';
export { runSteps } from './steps';
export { writeSie } from './writer';
