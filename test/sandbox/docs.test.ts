import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { defaultSettings } from '../../sandbox';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'sandbox.md'), 'utf8');

it.each(Object.keys(defaultSettings()))('docs/sandbox.md names the setting %s', (name) => {
	expect(page).toContain(`\`${name}\``);
});

const kinds = [...readFileSync(join(root, 'sandbox', 'network', 'faults.ts'), 'utf8').matchAll(/\{ kind: '(\w+)'/g)].map(
	(match) => match[1] ?? '',
);

it.each([...new Set(kinds)])('docs/sandbox.md names the fault %s', (kind) => {
	expect(page).toContain(`\`${kind}\``);
});
