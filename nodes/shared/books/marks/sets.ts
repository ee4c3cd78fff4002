/** Ids by what they are looked for by, each id under any number of names. */
export class Sets {
	private readonly ids = new Map<string, Set<string>>();

	private readonly names = new Map<string, Set<string>>();

	add(name: string, id: string): void {
		this.ids.set(name, (this.ids.get(name) ?? new Set<string>()).add(id));
		this.names.set(id, (this.names.get(id) ?? new Set<string>()).add(name));
	}

	/** In the order in which they were added. */
	of(name: string): string[] {
		return [...(this.ids.get(name) ?? [])];
	}

	remove(id: string): void {
		for (const name of this.names.get(id) ?? []) {
			const ids = this.ids.get(name);
			ids?.delete(id);
			if (ids?.size === 0) this.ids.delete(name);
		}
		this.names.delete(id);
	}
}
