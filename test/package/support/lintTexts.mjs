/**
 * Lints texts as if they stood in files of the project, without type information: reads `[{ file, text }]` as JSON from
 * the standard input, prints for each the rules that were broken. A process of its own, since Jest can't load ESLint's
 * configuration.
 */
import { text as readAll } from 'node:stream/consumers';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const withoutTypes = { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] };
const eslint = new ESLint({ overrideConfigFile: 'eslint.project.config.mjs', overrideConfig: [withoutTypes] });
const broken = [];
for (const { file, text } of JSON.parse(await readAll(process.stdin))) {
	const [result] = await eslint.lintText(text, { filePath: file });
	broken.push(result.messages.map((message) => message.ruleId ?? message.message));
}
console.log(JSON.stringify(broken));
