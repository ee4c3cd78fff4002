import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../sandbox';
import type { ReporterFigures, ReporterTask } from './reports/task';

const SIZES = [1_000, 100_000];

/** What n8n would load. From its sources tsx makes modules whose constants are read through functions: half as fast. */
const BUILT_NODE = join(__dirname, '../dist/nodes/FortnoxAccounting/FortnoxAccounting.node.js');

/** The company without vouchers in 2026, so that the year holds exactly what the bench books. */
const TENANT = 1003;
const YEAR = 7;

const REPORTS: ReadonlyArray<INodeParameters> = [
	{ operation: 'trialBalance', period: '2026' },
	{ operation: 'incomeStatement', period: '2026', layout: 'accounts', options: { columns: 'months' } },
	{ operation: 'balanceSheet', period: '2026', layout: 'statutory', options: { outputFile: 'html' } },
];

/** Makes reports of years of 1,000 and 100,000 vouchers through the node and prints what it takes. About a minute. */
export async function run(print: (figure: object) => void): Promise<void> {
	if (!existsSync(BUILT_NODE)) throw new Error('The bench of reports measures the built package: run npm run build first');
	for (const size of SIZES) {
		const sandbox = await startSandbox();
		const company = sandbox.company(TENANT);
		company.addVouchers(size, { yearId: YEAR, seed: 42 });
		const rows = company.vouchers(YEAR).reduce((sum, voucher) => sum + voucher.rows.length, 0);
		for (const parameters of REPORTS) {
			sandbox.log.length = 0;
			const figures = await inProcess(taskFor(sandbox, parameters, false));
			const requests = sandbox.log.filter(({ path }) => path.startsWith('/3/')).length;
			const { heldMb } = await inProcess(taskFor(sandbox, parameters, true));
			print({
				bench: 'reports',
				report: parameters.operation,
				vouchers: size,
				requests,
				seconds: round(figures.seconds),
				cpu_seconds: round(figures.cpuSeconds),
				rows_per_cpu_second: Math.round(rows / figures.cpuSeconds),
				held_mb: round(heldMb),
				output_items: figures.items,
			});
		}
		await sandbox.close();
	}
}

function taskFor(sandbox: Sandbox, parameters: INodeParameters, isMeasured: boolean): ReporterTask {
	const [client] = sandbox.clients;
	if (client === undefined) throw new Error('The sandbox has no client');
	return {
		node: BUILT_NODE,
		url: sandbox.url,
		clientId: client.id,
		clientSecret: client.secret,
		oauthTokenData: sandbox.issueTokens({ tenantId: TENANT }),
		parameters: { resource: 'report', ...parameters },
		isMeasured,
	};
}

async function inProcess(task: ReporterTask): Promise<ReporterFigures> {
	const child = fork(join(__dirname, 'reports', 'reporter.ts'), { execArgv: ['--require', 'tsx/cjs', '--expose-gc'] });
	child.send(task);
	return await new Promise((resolve, reject) => {
		child.once('message', (figures) => resolve(figures as ReporterFigures));
		child.once('exit', (code) => reject(new Error(`The reporter ended with ${code}`)));
	});
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
