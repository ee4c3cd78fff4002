/**
 * n8n's date field stores nothing where it does not understand what was typed (seen in n8n 2.41), and looks as if nothing
 * had been typed. So an operation says what it took for an empty one.
 */

/** Ends what is said of an empty date. */
export const LOOK_AGAIN = 'A day that was typed in another form than 2026-03-31 is cleared by n8n; look whether the field still shows it.';

/** @param meaning what an empty field stands for, such as `today in Stockholm, 2026-11-26` */
export function noneGiven(field: string, meaning: string): string {
	return `${field}: none was given, which means ${meaning}. ${LOOK_AGAIN}`;
}
