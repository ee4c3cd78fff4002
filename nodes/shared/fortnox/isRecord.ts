/** Whether what came from outside, such as an answer or another program's error, has fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
