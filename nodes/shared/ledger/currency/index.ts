export {
	convert,
	convertCounterparts,
	convertLines,
	type Conversion,
	type ConversionProblem,
	type ConvertedCounterparts,
	type ConvertedLines,
	type CurrencyLine,
	type ResidualTarget,
} from './convert';
export { readRate, type Rate } from './rate';
export {
	rateDeviation,
	REGISTER_RATES,
	registerRate,
	registerRateFor,
	type RateDeviation,
	type RegisterRate,
	type RegisterRateChoice,
	type RegisterRates,
} from './register';
