import { Readable } from 'node:stream';

import { WebSocketServer } from 'ws';

import { usableBaseUrl } from '../../../nodes/shared/fortnox/baseUrl';
import { BlankingTransport } from '../../../nodes/shared/fortnox/blankingTransport';
import * as ofFortnox from '../../../nodes/shared/fortnox/bounds';
import { systemClock } from '../../../nodes/shared/fortnox/clock';
import { retryAfterMs } from '../../../nodes/shared/fortnox/errors';
import { endOf, readAnswer } from '../../../nodes/shared/fortnox/readAnswer';
import { readRefusal } from '../../../nodes/shared/fortnox/refusal';
import { Secrets } from '../../../nodes/shared/fortnox/secrets';
import { Channel } from '../../../nodes/shared/fortnox/socket/channel';
import { readMessage } from '../../../nodes/shared/fortnox/socket/messages';
import type { Answer } from '../../../nodes/shared/fortnox/transport';
import * as ofLedger from '../../../nodes/shared/ledger/bounds';
import { writeMark } from '../../../nodes/shared/ledger/mark';
import { readComments } from '../../../nodes/shared/ledger/readMark';
import { reconcile } from '../../../nodes/shared/ledger/reports/reconcile';
import { parseSie, type SieFile } from '../../../nodes/shared/ledger/sie';
import { Doorbell } from '../../../nodes/shared/books/watching/doorbell';
import { runSteps } from '../../../nodes/shared/steps';
import { answer, client, FakeClock } from '../../unit/fortnox/support';
import { itemWith } from '../sie/files';
import { entry } from '../support/entry';
import { until, provideWebSocket, SOON } from '../support/waiting';
import type { World } from '../support/world';

/** Meets a bound (`past` 0), or goes past it by one. @returns whether all of it was taken */
type BoundCase = (past: 0 | 1, world: World) => boolean | Promise<boolean>;

const isFine = async (work: Promise<unknown>): Promise<boolean> =>
	await work.then(
		() => true,
		() => false,
	);

const passes = (work: () => unknown): boolean => {
	try {
		work();
		return true;
	} catch {
		return false;
	}
};

const MB = 1024 * 1024;

function* blanks(size: number): Generator<Buffer> {
	for (let left = size; left > 0; left -= MB) yield Buffer.alloc(Math.min(MB, left), 0x20);
}

async function readOf(size: number, expects: 'json' | 'bytes', status = 200): Promise<Answer> {
	return await readAnswer(
		{ status, headers: {}, body: Readable.from(blanks(size)) },
		{ expects, address: 'API Base URL' },
		endOf({ timeoutMs: 600_000 }),
	);
}

/** Reads an answer of that number of values, with the list that holds them as one. */
async function jsonOf(values: number): Promise<Answer> {
	const body = Readable.from([Buffer.from(`[${'"a,b\\"[",'.repeat(values - 2)}0]`)]);
	return await readAnswer({ status: 200, headers: {}, body }, { expects: 'json', address: 'API Base URL' }, endOf({ timeoutMs: 600_000 }));
}

/** An array in an array in an array … */
function nested(levels: number): unknown {
	let value: unknown = [];
	for (let level = 1; level < levels; level++) value = [value];
	return value;
}

const HEAD = '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#RAR 0 20260101 20261231\n';
const sie = (lines: string): SieFile => parseSie(Buffer.from(HEAD + lines));
const many = (count: number, line: (index: number) => string): string =>
	Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** A file of these is read in a tenth of the time that one of empty lines takes. */
const LONG_LINE = `#PROSA ${'x'.repeat(1000)}\n`;

const event = (more: object): string => JSON.stringify({ topic: 'vouchers', tenantId: 1, offset: '1', ...more });

/** Runs what an input item brings, without posting; a bound that is passed is named by its field. */
async function isTaken(world: World, parameters: Parameters<World['run']>[0], input?: Parameters<World['run']>[1]): Promise<boolean> {
	const { error } = await world.run(parameters, input);
	return error === undefined;
}

const rows = (count: number): string =>
	JSON.stringify([{ account: '1930', debit: count - 1 }, ...Array.from({ length: count - 1 }, () => ({ account: '3004', credit: 1 }))]);

const CASES_OF_FORTNOX: Record<keyof typeof ofFortnox, BoundCase> = {
	MOST_JSON_BYTES: async (past) => await isFine(readOf(ofFortnox.MOST_JSON_BYTES + past, 'json')),
	MOST_JSON_VALUES: async (past) => await isFine(jsonOf(ofFortnox.MOST_JSON_VALUES + past)),
	MOST_FILE_BYTES: async (past) => await isFine(readOf(ofFortnox.MOST_FILE_BYTES + past, 'bytes')),
	MOST_ERROR_BYTES: async (past) => {
		const size = ofFortnox.MOST_ERROR_BYTES + past;
		return String((await readOf(size, 'json', 400)).body).length === size;
	},
	MOST_JSON_DEPTH: async (past) => {
		const body = { list: nested(ofFortnox.MOST_JSON_DEPTH - 1 + past) };
		const bare = { send: async () => await Promise.resolve(answer(200, body)) };
		const transport = new BlankingTransport(
			bare,
			new Secrets(),
			async () => await Promise.resolve(),
			() => false,
		);
		return await isFine(transport.send({ method: 'GET', url: '', expects: 'json', timeoutMs: 1, token: 'a token' }));
	},
	MOST_PAGES: async (past) => {
		const clock = new FakeClock();
		const { api } = client(clock, ({ url }) => {
			const page = Number(new URL(url).searchParams.get('page'));
			return answer(200, { MetaInformation: { '@TotalPages': ofFortnox.MOST_PAGES + past }, Accounts: [{ Number: page }] });
		});
		return await isFine(clock.run(api.chart(1)));
	},
	MOST_LIST_BYTES: async (past) => {
		const clock = new FakeClock();
		const { api } = client(clock, ({ url }) => {
			const page = Number(new URL(url).searchParams.get('page'));
			const body = { MetaInformation: { '@TotalPages': 4 }, Accounts: [{ Number: page }] };
			return { ...answer(200, body), size: ofFortnox.MOST_LIST_BYTES / 4 + (page === 4 ? past : 0) };
		});
		return await isFine(clock.run(api.chart(1)));
	},
	MOST_THROTTLED_MS: async (past) => {
		const clock = new FakeClock();
		const { api } = client(clock, () => {
			const isOver = clock.now > ofFortnox.MOST_THROTTLED_MS * (past === 0 ? 0.9 : 1.1);
			return isOver ? answer(200, { Voucher: { VoucherNumber: 1 } }) : answer(429, {});
		});
		return await isFine(clock.run(api.voucher('A', 1, 3)));
	},
	LONGEST_TEXT: (past) => {
		const Message = 'x'.repeat(ofFortnox.LONGEST_TEXT + past);
		return readRefusal({ ErrorInformation: { Message } }).text === Message;
	},
	LONGEST_RETRY_AFTER_MS: (past) => {
		const seconds = ofFortnox.LONGEST_RETRY_AFTER_MS / 1000 + past;
		return retryAfterMs({ 'retry-after': String(seconds) }, 0) === seconds * 1000;
	},
	MOST_CLOCK_DIFFERENCE_MS: async (past) => {
		const clock = new FakeClock();
		const told = clock.wallOffset + ofFortnox.MOST_CLOCK_DIFFERENCE_MS + past * 1000;
		const { api } = client(clock, () => answer(200, { Voucher: { VoucherNumber: 1 } }, { date: new Date(told).toUTCString() }));
		await clock.run(api.voucher('A', 1, 3));
		return Math.abs(api.serverTime().getTime() - told) < 1000;
	},
	LONGEST_BASE_URL: (past) => {
		const address = 'https://api.fortnox.se/';
		return usableBaseUrl(address + 'x'.repeat(ofFortnox.LONGEST_BASE_URL - address.length + past), false) !== undefined;
	},
	LONGEST_SOCKET_MESSAGE: (past) => {
		const short = event({ text: '' });
		return readMessage(event({ text: 'x'.repeat(ofFortnox.LONGEST_SOCKET_MESSAGE - short.length + past) })).kind === 'event';
	},
	LONGEST_OFFSET: (past) => readMessage(event({ offset: '1'.repeat(ofFortnox.LONGEST_OFFSET + past) })).kind === 'event',
	MOST_USELESS_MESSAGES: async (past) => await standsAfter(ofFortnox.MOST_USELESS_MESSAGES + past),
	MOST_YEARS_RUNG: async (past) => {
		const clock = new FakeClock();
		const looks: Array<ReadonlySet<number>> = [];
		const look = async (years: ReadonlySet<number>): Promise<void> => {
			looks.push(years);
			await Promise.resolve();
		};
		const doorbell = new Doorbell({ clock, everyMs: 3_600_000, look, onFailure: () => undefined });
		await doorbell.begin();
		for (let year = 1; year <= ofFortnox.MOST_YEARS_RUNG + past; year++) doorbell.ring(year);
		await clock.pass(5000);
		doorbell.stop();
		return looks[1]?.size === ofFortnox.MOST_YEARS_RUNG && !looks[1].has(0);
	},
};

/** Whether a connection still stands once a server has sent messages that nobody asked for. */
async function standsAfter(messages: number): Promise<boolean> {
	provideWebSocket();
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	await new Promise((resolve) => server.once('listening', resolve));
	const address = server.address();
	let isSent = false;
	server.on('connection', (socket) => {
		for (let message = 1; message < messages; message++) socket.send('{"topic":"nonsense"');
		socket.send(event({}), () => {
			isSent = true;
		});
	});
	const url = `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
	let heard = 0;
	const channel = await Channel.open(url, systemClock, () => {
		heard++;
		return false;
	});
	try {
		await until(() => isSent && (heard > 0 || !channel.isOpen), SOON);
		return channel.isOpen;
	} finally {
		channel.close();
		server.close();
	}
}

const CASES_OF_LEDGER: Record<Exclude<keyof typeof ofLedger, 'tooManyRows'>, BoundCase> = {
	MOST_ROWS: async (past, world) => await isTaken(world, entry({ linesJson: rows(ofLedger.MOST_ROWS + past), options: { dryRun: true } })),
	MOST_DEPTH: async (past, world) => {
		// The lines, a line, and what is in it.
		const lines = [
			{ account: '1930', debit: 1, description: nested(ofLedger.MOST_DEPTH - 2 + past) },
			{ account: '3004', credit: 1 },
		];
		const { error } = await world.run(entry({ linesJson: JSON.stringify(lines), options: { dryRun: true } }));
		return !/nested more than/.test(error?.message ?? '');
	},
	LONGEST_JSON: async (past, world) => {
		const linesJson = rows(2).padEnd(ofLedger.LONGEST_JSON + past);
		return await isTaken(world, entry({ linesJson, options: { dryRun: true } }));
	},
	MOST_FIELD_VALUES: async (past, world) => {
		const lines = `[${'0,'.repeat(ofLedger.MOST_FIELD_VALUES + past - 2)}0]`;
		const { error } = await world.run(entry({ linesJson: lines, options: { dryRun: true } }));
		return !/holds more than/.test(error?.message ?? '');
	},
	MOST_SIE_BYTES: async (past, world) => {
		const item = itemWith(Buffer.alloc(ofLedger.MOST_SIE_BYTES + past, LONG_LINE));
		const { error } = await world.run({ resource: 'journalEntry', operation: 'importSie', binaryPropertyName: 'data' }, { input: [item] });
		return !/are read at once/.test(error?.message ?? '');
	},
	LONGEST_SIE_LINE: (past) => passes(() => sie(`#PROSA ${'x'.repeat(ofLedger.LONGEST_SIE_LINE + past - '#PROSA '.length)}\n`)),
	LONGEST_SIE_FIELD: (past) => passes(() => sie(`#VER A 1 20260101 ${'x'.repeat(ofLedger.LONGEST_SIE_FIELD + past)}\n{\n}\n`)),
	MOST_SIE_WARNINGS: (past) => {
		const lines = ofLedger.MOST_SIE_WARNINGS + past;
		return sie(many(lines, () => '#GEN never')).warnings.length === lines;
	},
	MOST_SIE_LABELS: (past) => {
		const labels = ofLedger.MOST_SIE_LABELS + past;
		return sie(many(labels, (index) => `#X${index} 1`)).unknownLabels.size === labels;
	},
	// Lines of the head that go past a bound are left out, with a warning.
	MOST_SIE_YEARS: (past) => {
		const more = many(ofLedger.MOST_SIE_YEARS - 1 + past, (index) => `#RAR -${index + 1} 20250101 20251231`);
		return sie(more).warnings.length === 0;
	},
	MOST_SIE_NAMES: (past) => sie(many(ofLedger.MOST_SIE_NAMES + past, (index) => `#OBJEKT 1 ${index} a`)).warnings.length === 0,
	MOST_SIE_OBJECTS: (past) =>
		passes(() => sie(`#VER A 1 20260101\n{\n#TRANS 1930 {${'1 a '.repeat(ofLedger.MOST_SIE_OBJECTS + past)}} 0\n}\n`)),
	LONGEST_COMMENTS: (past) => {
		const mark = writeMark({ key: '0'.repeat(24), digest: `1.${'0'.repeat(24)}` });
		return readComments(mark.padStart(ofLedger.LONGEST_COMMENTS + past)).mark !== undefined;
	},
	MOST_CANDIDATES: (past) => {
		const row = { date: '2026-01-31', amount: 100, text: '' };
		const ledger = Array.from({ length: ofLedger.MOST_CANDIDATES + past }, (_, index) => ({ ...row, entry: `A-${index}` }));
		const [result] = runSteps(reconcile([row], ledger, 0));
		return result?.status === 'ambiguous' && !result.isCut && result.candidates.length === ledger.length;
	},
};

export const BOUND_CASES: ReadonlyMap<string, BoundCase> = new Map(Object.entries({ ...CASES_OF_FORTNOX, ...CASES_OF_LEDGER }));

/** Every number that the two places name. */
export const BOUNDS: readonly string[] = Object.entries({ ...ofFortnox, ...ofLedger }).flatMap(([name, value]) =>
	typeof value === 'number' ? [name] : [],
);
