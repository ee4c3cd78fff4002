/** What `npm run mutate` changes, and the tests that must notice it. */
import { readdirSync } from 'node:fs';

export interface Room {
	sources: string[];
	tests: string[];
}

const MARK = /ledger\/(mark|readMark)\.ts$/;

/** Files below a folder whose paths match; a pattern that matches none is a mistake. */
function files(folder: string, pattern: RegExp): string[] {
	const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => `${folder}/${name}`)
		.filter((path) => pattern.test(path))
		.sort();
	if (found.length === 0) throw new Error(`No file of ${folder} matches ${pattern.source}`);
	return found;
}

const fortnox = (names: RegExp): string[] => files('test/unit/fortnox', names);
const formats = (): string[] => files('test/formats', /\.test\.ts$/);

export const ROOMS: Record<string, () => Room> = {
	ledger: () => ({
		sources: files('nodes/shared/ledger', /\.ts$/).filter((file) => !MARK.test(file)),
		tests: [
			...files('test/unit', /\/(ledger|sie|reports|vat)\/\w+\.test\.ts$/),
			...files('test/property', /\/ledger\.test\.ts$/),
			...files('test/formats', /\/formats\.test\.ts$/),
		],
	}),
	limiter: () => ({
		sources: files('nodes/shared/fortnox', /\/limiter(\/\w+)?\.ts$/),
		tests: [...files('test/property', /limiter\.test\.ts$/), ...fortnox(/(limiter\/\w+|workers|client)\.test\.ts$/)],
	}),
	retry: () => ({
		sources: files('nodes/shared/fortnox', /\/(retry|requests|waits)\.ts$/),
		tests: fortnox(/(retry|requests|requestTokens|waits|client|tokenGate|readAnswer|refusals)\.test\.ts$/),
	}),
	proof: () => ({
		sources: [...files('nodes/shared/fortnox', /\/(proofs|proving|tenant)\.ts$/), 'nodes/shared/n8n/company.ts'],
		tests: [
			...fortnox(/(client|tokenGate|proofs|proving)\.test\.ts$/),
			...files('test/unit/n8n', /company\.test\.ts$/),
			...files('test/engine/companies', /(proof|companies)\.test\.ts$/),
		],
	}),
	mark: () => ({
		sources: [...files('nodes/shared/ledger', MARK), ...files('nodes/shared/books/marks', /\.ts$/)],
		tests: [
			...files('test/unit', /(ledger|books)\/\w*[mM]arks?\.test\.ts$/),
			...formats(),
			...files('test/engine/posting', /(exactlyOnce|editedLedger|otherProcesses|entries)\.test\.ts$/),
		],
	}),
};
