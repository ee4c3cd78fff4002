/** A table; cells are escaped. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function escapeCell(text: string): string {
	return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

/** As GitHub makes it of a heading. */
export function anchorOf(heading: string): string {
	return heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');
}

const WIDTH = 150;

/** JSON for people: an object or array that fits into a line stands in one. */
export function readableJson(value: unknown, indent = ''): string {
	const flat = onOneLine(value);
	if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return flat;
	const inner = `${indent}  `;
	if (Array.isArray(value)) {
		return `[\n${value.map((each) => inner + readableJson(each, inner)).join(',\n')}\n${indent}]`;
	}
	const fields = Object.entries(value).map(([name, field]) => `${inner}"${name}": ${readableJson(field, inner)}`);
	return `{\n${fields.join(',\n')}\n${indent}}`;
}

function onOneLine(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const fields = Object.entries(value).map(([name, field]) => `"${name}": ${onOneLine(field)}`);
	return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
