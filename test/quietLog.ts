/**
 * n8n's log is off in tests, but would still look up the caller of each line. Imported for its effect; `catchLog` of
 * test/engine/support shows what nodes write.
 */
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';

const logger = Container.get(Logger);
for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level] = () => {};
