import type { ServerResponse } from 'node:http';

/** Answers with blanks, and goes on until the other side has enough. */
export function endless(response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'application/json' });
	const piece = Buffer.alloc(256 * 1024, 0x20);
	const more = (): void => {
		while (!response.destroyed && response.write(piece));
	};
	response.on('drain', more);
	more();
}
