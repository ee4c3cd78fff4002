/** A generated part of a Markdown file stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
const REGION = /<!-- generated: ([\w-]+) -->\n[\s\S]*?<!-- end -->/g;
const MARK = /<!-- (?:generated: [\w-]+|end) -->/g;

/**
 * A Markdown text with its generated regions as they should be.
 *
 * @throws {Error} where a region has a name that nothing is generated for, or is not closed
 */
export function withRegions(text: string, regions: ReadonlyMap<string, string>): string {
	const replaced = text.replace(REGION, (_found, name: string) => {
		const content = regions.get(name);
		if (content === undefined) throw new Error(`Nothing is generated under the name "${name}"`);
		return `<!-- generated: ${name} -->\n\n${content.trim()}\n\n<!-- end -->`;
	});
	const marks = replaced.match(MARK)?.length ?? 0;
	const whole = replaced.match(REGION)?.length ?? 0;
	if (marks !== 2 * whole) throw new Error('A generated region is not closed, or is closed twice');
	return replaced;
}

/** The names of a text's generated regions. */
export function regionsIn(text: string): string[] {
	return [...text.matchAll(REGION)].map(([, name]) => name ?? '');
}
