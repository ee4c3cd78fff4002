/** Asks the compiler about a mutant. */
import ts from 'typescript';

import type { Mutant } from './mutants';

const CONFIG = 'tsconfig.json';

/** Tells of a mutant whether it compiles; one that doesn't never gets to a test. */
export function compiler(): (mutant: Mutant) => boolean {
	const { config } = ts.readConfigFile(CONFIG, (file) => ts.sys.readFile(file)) as { config: unknown };
	const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
	let current: Mutant | undefined;
	let version = 0;
	const isMutated = (file: string): boolean => current !== undefined && file.endsWith(`/${current.file}`);
	const service = ts.createLanguageService({
		getCompilationSettings: () => options,
		getScriptFileNames: () => fileNames,
		getScriptVersion: (file) => (isMutated(file) ? String(version) : '0'),
		getScriptSnapshot: (file) => {
			const text = ts.sys.readFile(file);
			if (text === undefined) return undefined;
			return ts.ScriptSnapshot.fromString(current !== undefined && isMutated(file) ? withMutant(text, current) : text);
		},
		getCurrentDirectory: () => process.cwd(),
		getDefaultLibFileName: (chosen) => ts.getDefaultLibFilePath(chosen),
		fileExists: (file) => ts.sys.fileExists(file),
		readFile: (file) => ts.sys.readFile(file),
	});
	return (mutant) => {
		current = mutant;
		version++;
		const file = fileNames.find(isMutated);
		if (file === undefined) throw new Error(`${mutant.file} is not compiled`);
		return service.getSemanticDiagnostics(file).length === 0 && service.getSyntacticDiagnostics(file).length === 0;
	};
}

function withMutant(text: string, { start, end, text: other }: Mutant): string {
	return text.slice(0, start) + other + text.slice(end);
}
