import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these when it is first imported, so this module is imported before it.
// Without a folder and a key of its own it would write a generated key into the user's home.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_ENCRYPTION_KEY ??= 'engine';
// A failing node is an outcome that the caller reads from the result; n8n's log would print it once more.
process.env.N8N_LOG_LEVEL ??= 'silent';
