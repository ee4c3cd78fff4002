/** What steers a terminal, or turns the direction of the text beside it. */
const STEERING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/** A text of a server as logs, terminals and forms may show it. */
export function harmless(text: string): string {
	return text.replace(STEERING, ' ');
}

/** A tag around what a page does not show. The slash tells its end. */
const HIDING_TAG = /<(\/?)(?:script|style)\b[^<>]*>/i;

/** What a reader sees of an HTML page, in one line; of any other text, the text. */
export function visibleText(page: string): string {
	const visible: string[] = [];
	let isHidden = false;
	// Every second piece is the slash of a hiding tag, or nothing where the tag opens.
	for (const [place, piece] of page.split(HIDING_TAG).entries()) {
		if (place % 2 === 1) isHidden = piece === '';
		else if (!isHidden) visible.push(piece);
	}
	return visible
		.join(' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
