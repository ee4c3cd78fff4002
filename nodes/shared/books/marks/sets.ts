/** What stands under a name: mostly one text, which is kept without a set around it. A set takes some 200 bytes. */
type OneOrMore = string | Set<string>;

/** Ids by what they are looked for by, each id under any number of names. */
export class Sets {
	private readonly ids = new Map<string, OneOrMore>();

	private readonly names = new Map<string, OneOrMore>();

	add(name: string, id: string): void {
		put(this.ids, name, id);
		put(this.names, id, name);
	}

	/** In the order in which they were added. */
	of(name: string): string[] {
		return allOf(this.ids, name);
	}

	remove(id: string): void {
		for (const name of allOf(this.names, id)) {
			const ids = this.ids.get(name);
			if (typeof ids === 'object') ids.delete(id);
			else this.ids.delete(name);
		}
		this.names.delete(id);
	}
}

function put(sets: Map<string, OneOrMore>, key: string, member: string): void {
	const members = sets.get(key);
	if (members === undefined) sets.set(key, member);
	else if (typeof members === 'object') members.add(member);
	else sets.set(key, new Set([members, member]));
}

function allOf(sets: ReadonlyMap<string, OneOrMore>, key: string): string[] {
	const members = sets.get(key);
	if (members === undefined) return [];
	return typeof members === 'object' ? [...members] : [members];
}
