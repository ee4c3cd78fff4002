import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

export interface LogLine {
	level: 'debug' | 'info' | 'warn' | 'error';
	line: string;
}

/** What nodes write into n8n's log from now on: it is kept here, in place of being written. */
export function catchLog(): LogLine[] {
	const lines: LogLine[] = [];
	const logger = Container.get(Logger);
	for (const level of ['debug', 'info', 'warn', 'error'] as const) {
		jest.spyOn(logger, level).mockImplementation((...written: unknown[]) => {
			lines.push({ level, line: written.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ') });
		});
	}
	return lines;
}
