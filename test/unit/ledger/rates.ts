import { readRate, type Conversion, type Rate } from '../../../nodes/shared/ledger/currency';

export function rate(value: unknown): Rate {
	const reading = readRate(value);
	if (reading.problem !== undefined) throw new Error(reading.problem);
	return reading.value;
}

export function messagesOf(conversion: Conversion<unknown>): string {
	return conversion.problem !== undefined ? conversion.problem.map(({ message }) => message).join(' ') : 'converted';
}
