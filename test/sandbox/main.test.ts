import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { companyFromSie, startSandbox } from '../../sandbox';
import { decodeCp437, encodeCp437 } from '../../sandbox/company/sie/cp437';

/** `npm run sandbox`, as a process of its own. */
const ROOT = join(__dirname, '..', '..');

let folder: string;
let running: ChildProcess | undefined;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
	const child = running;
	running = undefined;
	if (child !== undefined && child.exitCode === null) {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		await ended;
	}
	rmSync(folder, { recursive: true });
});

/** What it printed, up to the address, or all of it where it ended before. */
async function start(...options: string[]): Promise<string> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', '--port', '0', ...options], { cwd: ROOT });
	running = child;
	return await new Promise((resolve) => {
		let text = '';
		const hear = (chunk: Buffer) => {
			text += chunk.toString();
			if (text.includes('Ctrl+C')) resolve(text);
		};
		child.stdout.on('data', hear);
		child.stderr.on('data', hear);
		child.once('exit', () => resolve(text));
	});
}

/** A SIE 4 file in Fortnox's form, and its lines without the day it was made. */
async function exported(): Promise<Buffer> {
	const sandbox = await startSandbox();
	sandbox.company().addVouchers(50, { yearId: 4, seed: 5 });
	const headers = { authorization: `Bearer ${sandbox.issueTokens().access_token}` };
	const answer = await fetch(`${sandbox.url}/3/sie/4?financialyear=4`, { headers });
	const text = decodeCp437(Buffer.from(await answer.arrayBuffer()));
	await sandbox.close();
	return encodeCp437(text.replace('#FNR 1001', '#FNR 77'));
}

const linesOf = (content: Buffer): string[] =>
	decodeCp437(content)
		.split('\r\n')
		.filter((line) => !line.startsWith('#GEN '));

it('--sie adds a company that answers the same lines again', async () => {
	const content = await exported();
	writeFileSync(join(folder, 'books.se'), content);
	const printed = await start('--sie', join(folder, 'books.se'));
	expect(printed).toContain('77  Björkdalens Handel AB (2 financial years)');
	const url = /Sandbox of Fortnox at (\S+)/.exec(printed)?.[1] ?? '';
	const issued = await fetch(`${url}/_sandbox/tokens`, { method: 'POST', body: JSON.stringify({ tenantId: 77 }) });
	const { access_token: token } = (await issued.json()) as { access_token: string };
	const answer = await fetch(`${url}/3/sie/4?financialyear=2`, { headers: { authorization: `Bearer ${token}` } });
	expect(linesOf(Buffer.from(await answer.arrayBuffer()))).toEqual(linesOf(content));
});

it("says what it can not do with a file, and doesn't start", async () => {
	const content = await exported();
	writeFileSync(join(folder, 'one.se'), content);
	const twice = ['--sie', join(folder, 'one.se'), '--sie', join(folder, 'one.se')];
	expect(await start(...twice)).toContain('Two companies have one tenant id: 1001, 1002, 1003, 77, 77');
});

it('refuses a file whose vouchers do not lead to its own figures', async () => {
	const lines = decodeCp437(await exported());
	const first = lines.indexOf('#VER ');
	const part = encodeCp437(lines.slice(0, first));
	expect(() => companyFromSie(encodeCp437(lines), () => 0)).not.toThrow();
	const some = `${lines.slice(0, first)}${lines.slice(lines.indexOf('#VER ', first + 1))}`;
	expect(() => companyFromSie(encodeCp437(some), () => 0)).toThrow(
		/^SIE: account \d{4} ends the year 2026-01-01–2026-12-31 at .* by the vouchers, and at .* by #(UB|RES)/,
	);
	// Without vouchers it is as a file of type 1 to 3: the figures per month are the books.
	expect(companyFromSie(part, () => 0).trialBalance(2)).toEqual(companyFromSie(encodeCp437(lines), () => 0).trialBalance(2));
});
