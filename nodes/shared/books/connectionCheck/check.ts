/** One thing that was looked at before the first run. */
export interface Check {
	name: string;
	ok: boolean;
	message: string;
	/** Null where there is nothing to do. */
	what_to_do: string | null;
}

export function fine(name: string, message: string): Check {
	return { name, ok: true, message, what_to_do: null };
}

export function wrong(name: string, message: string, whatToDo: string): Check {
	return { name, ok: false, message, what_to_do: whatToDo };
}

/** A check that the credential's scopes or the company's licences don't allow. */
export function notReadable(name: string, what: string, scope: string): Check {
	return wrong(
		name,
		`The credential is not allowed to read ${what}, so this was not checked.`,
		`Add the scope ${scope} and connect again.`,
	);
}
