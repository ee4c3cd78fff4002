import type { AccountListQuery, CacheUse, FortnoxApi } from './api';
import type { Cache } from './cache';
import type { ProvenConnection } from './connection';
import { unreadable } from './errors';
import type { List } from './pages';
import { readList, unwrap } from './pages';
import { jsonObjectOf } from './refusal';
import type { FortnoxRequest } from './requests';
import { Requests, TIMEOUT_MS } from './requests';
import { scopesIn, tenantKeyOf } from './tenant';
import { unlessNotFound } from './tolerate';
import type {
	FortnoxAccount,
	FortnoxCompanyInformation,
	FortnoxCurrency,
	FortnoxFile,
	FortnoxFinancialYear,
	FortnoxLockedPeriod,
	FortnoxVoucher,
	FortnoxVoucherFileConnection,
	FortnoxVoucherListItem,
	FortnoxVoucherSeries,
} from './wire';

type Query = FortnoxRequest['query'];

/** The inbox folder whose files wait for a voucher. */
const VOUCHER_INBOX = 'Inbox_v';

/** A path of encoded parts: a part is data and must not reach another resource by a slash in it. */
function pathOf(...parts: Array<string | number>): string {
	return `/3/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

/** The client for one run on one company. Every method throws `FortnoxError`. */
export function createFortnoxApi(connection: ProvenConnection): FortnoxApi {
	const { tenantId, baseUrl, shared } = connection;
	const tenantKey = tenantKeyOf(baseUrl, tenantId);
	/** What one credential may read is no answer for one that lacks the right. */
	const registerKey = `${tenantKey} ${connection.access}`;
	const { registers } = shared;
	const requests = new Requests(connection);

	async function get<T extends object>(name: string, path: string, query?: Query): Promise<T> {
		return unwrap<T>(await requests.send({ method: 'GET', path, query, timeoutMs: TIMEOUT_MS.read }), name);
	}

	async function write<T extends object>(
		method: 'POST' | 'PUT',
		name: string,
		path: string,
		object: object,
		query?: Query,
	): Promise<T> {
		const body = () => ({ [name]: { ...object } });
		return unwrap<T>(await requests.send({ method, path, query, body, timeoutMs: TIMEOUT_MS.write }), name);
	}

	async function list<T extends object>(wanted: List<T>): Promise<T[]> {
		return await readList(requests, wanted);
	}

	/** A list that is kept whole for the company. */
	function register<T extends object>(cache: Cache<T[]>, wanted: List<T>) {
		return async (use: CacheUse = {}) => await cache.read(registerKey, async () => await list(wanted), since(use));
	}

	/** Reads bytes. */
	async function bytes(path: string, query: Query, timeoutMs: number) {
		const answer = await requests.send({ method: 'GET', path, query, expects: 'bytes', timeoutMs });
		const content = answer.body instanceof ArrayBuffer ? Buffer.from(answer.body) : answer.body;
		if (!Buffer.isBuffer(content)) throw unreadable(answer, 'file');
		return { content, mimeType: answer.headers['content-type'] };
	}

	const begun = shared.clock.monotonic();
	const since = ({ fresh, ofThisRun }: CacheUse): number => (fresh === true ? Infinity : ofThisRun === true ? begun : 0);
	const placeOfYear = (financialYear: number | undefined) => `${tenantKey} ${financialYear ?? 'current'} `;
	const yearKey = (financialYear: number | undefined) => placeOfYear(financialYear) + connection.access;

	/** A write may change what a list of the current year shows, whether it names that year or not. */
	function forgetYear(cache: { forget(key: string): void }, financialYear: number | undefined): void {
		cache.forget(placeOfYear(financialYear));
		cache.forget(placeOfYear(undefined));
	}

	function accounts(query: AccountListQuery) {
		return list<FortnoxAccount>({
			path: pathOf('accounts'),
			query: { financialyear: query.financialYear, lastmodified: query.lastModified, sortby: 'number' },
			names: ['Accounts'],
			keyOf: (account) => account.Number,
			limit: query.limit,
			keep: query.keep,
		});
	}

	async function writeAccount(method: 'POST' | 'PUT', path: string, account: object, financialYear?: number) {
		try {
			return await write<FortnoxAccount>(method, 'Account', path, account, { financialyear: financialYear });
		} finally {
			forgetYear(registers.charts, financialYear);
		}
	}

	async function writeSeries(method: 'POST' | 'PUT', path: string, series: object, financialYear?: number) {
		try {
			return await write<FortnoxVoucherSeries>(method, 'VoucherSeries', path, series, {
				financialyear: financialYear,
			});
		} finally {
			forgetYear(registers.series, financialYear);
		}
	}

	/** Adds to a register of the company, whose cached list is stale then, whatever the answer. */
	async function writeTo<T extends object>(register: Cache<T[]>, wrapper: string, path: string, body: object): Promise<T> {
		try {
			return await write<T>('POST', wrapper, path, body);
		} finally {
			register.forget(tenantKey);
		}
	}

	async function inboxFiles(folder: string) {
		return (await get<{ Files?: FortnoxFile[] | null }>('Folder', pathOf('inbox', folder))).Files ?? [];
	}

	const keyOfConnection = (found: FortnoxVoucherFileConnection) =>
		`${found.FileId} ${found.VoucherSeries} ${found.VoucherNumber} ${found.VoucherYear}`;

	const api: FortnoxApi = {
		tenantId,
		tenantKey,
		counts: requests.tally,
		serverTime: () => requests.serverTime(),

		scopes: async () => scopesIn((await connection.credential.read()).token ?? ''),

		company: async (use: CacheUse = {}) =>
			await registers.company.read(
				registerKey,
				async () => {
					const company = await get<FortnoxCompanyInformation>('CompanyInformation', pathOf('companyinformation'));
					shared.proofs.noteName(tenantKey, company.CompanyName);
					return company;
				},
				since(use),
			),

		lockedPeriod: async (use: CacheUse = {}) =>
			await registers.lockedPeriod.read(
				registerKey,
				async () => {
					const answer = await requests.send({
						method: 'GET',
						path: pathOf('settings', 'lockedperiod'),
						timeoutMs: TIMEOUT_MS.read,
					});
					// Nothing locked may come as an object without a date, or as no object at all.
					const body = jsonObjectOf(answer.body);
					if (body === undefined) throw unreadable(answer, 'object "LockedPeriod"');
					const isLocked = typeof body.LockedPeriod === 'object' && body.LockedPeriod !== null;
					return isLocked ? unwrap<FortnoxLockedPeriod>(answer, 'LockedPeriod') : {};
				},
				since(use),
			),

		financialYears: async (use: CacheUse = {}) =>
			await registers.years.read(
				registerKey,
				async () => {
					const years = await list<FortnoxFinancialYear>({
						path: pathOf('financialyears'),
						names: ['FinancialYears'],
						keyOf: (year) => year.Id,
					});
					return years.sort((a, b) => a.FromDate.localeCompare(b.FromDate));
				},
				since(use),
			),

		createFinancialYear: async (year) => {
			try {
				return await write<FortnoxFinancialYear>('POST', 'FinancialYear', pathOf('financialyears'), year, {});
			} finally {
				registers.years.forget(tenantKey);
			}
		},

		chart: async (financialYear, use: CacheUse = {}) =>
			await registers.charts.read(
				yearKey(financialYear),
				async () => (await accounts({ financialYear })).sort((a, b) => a.Number - b.Number),
				since(use),
			),
		accounts,
		account: async (number, financialYear) =>
			await get<FortnoxAccount>('Account', pathOf('accounts', number), { financialyear: financialYear }),
		createAccount: async (account, financialYear) =>
			await writeAccount('POST', pathOf('accounts'), account, financialYear),
		updateAccount: async (number, account, financialYear) =>
			await writeAccount('PUT', pathOf('accounts', number), account, financialYear),

		voucherSeries: async (financialYear, use: CacheUse = {}) =>
			await registers.series.read(
				yearKey(financialYear),
				async () =>
					await list<FortnoxVoucherSeries>({
						path: pathOf('voucherseries'),
						query: { financialyear: financialYear },
						names: ['VoucherSeriesCollection'],
						keyOf: (series) => series.Code,
					}),
				since(use),
			),
		oneVoucherSeries: async (code, financialYear) =>
			await get<FortnoxVoucherSeries>('VoucherSeries', pathOf('voucherseries', code), {
				financialyear: financialYear,
			}),
		createVoucherSeries: async (series, financialYear) =>
			await writeSeries('POST', pathOf('voucherseries'), series, financialYear),
		updateVoucherSeries: async (code, series, financialYear) =>
			await writeSeries('PUT', pathOf('voucherseries', code), series, financialYear),
		predefinedVoucherSeries: register(registers.predefinedSeries, {
			path: pathOf('predefinedvoucherseries'),
			names: ['PreDefinedVoucherSeriesCollection', 'PredefinedVoucherSeriesCollection'],
			keyOf: (series) => series.Name,
		}),
		predefinedAccounts: register(registers.predefinedAccounts, {
			path: pathOf('predefinedaccounts'),
			names: ['PreDefinedAccounts', 'PredefinedAccounts'],
			keyOf: (account) => account.Name,
		}),

		vouchers: async (query) =>
			await list<FortnoxVoucherListItem>({
				path: pathOf('vouchers'),
				query: {
					financialyear: query.financialYear,
					fromdate: query.fromDate,
					todate: query.toDate,
					voucherseries: query.series,
					costcenter: query.costCenter,
					lastmodified: query.lastModified,
				},
				names: ['Vouchers'],
				keyOf: (voucher) => `${voucher.VoucherSeries} ${voucher.VoucherNumber} ${voucher.Year}`,
				exact: (one, next) =>
					one.VoucherSeries === next.VoucherSeries && one.Year === next.Year && next.VoucherNumber === one.VoucherNumber + 1,
				limit: query.limit,
			}),
		voucher: async (series, number, financialYear) =>
			await get<FortnoxVoucher>('Voucher', pathOf('vouchers', series, number), { financialyear: financialYear }),
		postVoucher: async (voucher, financialYear) =>
			await write<FortnoxVoucher>('POST', 'Voucher', pathOf('vouchers'), voucher, { financialyear: financialYear }),
		sie: async (type, financialYear) =>
			(await bytes(pathOf('sie', type), { financialyear: financialYear }, TIMEOUT_MS.sie)).content,

		currency: async (code) => await get<FortnoxCurrency>('Currency', pathOf('currencies', code)),
		currencies: register(registers.currencies, {
			path: pathOf('currencies'),
			names: ['Currencies'],
			keyOf: (currency) => currency.Code,
		}),
		costCenters: register(registers.costCenters, {
			path: pathOf('costcenters'),
			names: ['CostCenters'],
			keyOf: (costCenter) => costCenter.Code,
		}),
		createCostCenter: async (costCenter) =>
			await writeTo(registers.costCenters, 'CostCenter', pathOf('costcenters'), costCenter),
		projects: register(registers.projects, {
			path: pathOf('projects'),
			names: ['Projects'],
			keyOf: (project) => project.ProjectNumber,
		}),
		createProject: async (project) => await writeTo(registers.projects, 'Project', pathOf('projects'), project),

		uploadVoucherFile: async ({ name, mimeType, content }) => {
			const body = () => {
				const form = new FormData();
				form.append('file', new Blob([content], { type: mimeType }), name);
				return form;
			};
			const answer = await requests.send({
				method: 'POST',
				path: pathOf('inbox'),
				query: { path: VOUCHER_INBOX },
				body,
				timeoutMs: TIMEOUT_MS.file,
			});
			return unwrap<FortnoxFile>(answer, 'File');
		},
		inboxVoucherFiles: async () => await inboxFiles(VOUCHER_INBOX.toLowerCase()),
		inboxFolders: async () => (await get<{ Folders?: Array<{ Id: string; Name?: string | null }> | null }>('Folder', pathOf('inbox'))).Folders ?? [],
		inboxFiles,
		inboxFile: async (fileId) => await bytes(pathOf('inbox', fileId), undefined, TIMEOUT_MS.file),
		// A path takes a file's Id; the ArchiveFileId, by which a file of the archive is connected, works in the query alone.
		archiveFile: async (fileId) =>
			(await unlessNotFound(bytes(pathOf('archive', fileId), undefined, TIMEOUT_MS.file))) ??
			(await bytes(pathOf('archive'), { fileid: fileId }, TIMEOUT_MS.file)),
		connectVoucherFile: async ({ fileId, series, number, financialYear }) =>
			await write<FortnoxVoucherFileConnection>(
				'POST',
				'VoucherFileConnection',
				pathOf('voucherfileconnections'),
				{ FileId: fileId, VoucherSeries: series, VoucherNumber: String(number) },
				// In the body the year is read only, and without it the file lands on another year's voucher.
				{ financialyear: financialYear },
			),
		allVoucherFileConnections: async () => await list<FortnoxVoucherFileConnection>({ path: pathOf('voucherfileconnections'), names: ['VoucherFileConnections'], keyOf: keyOfConnection }),
		voucherFileConnections: async ({ series, number, financialYear }) => {
			const connections = await list<FortnoxVoucherFileConnection>({
				path: pathOf('voucherfileconnections'),
				query: { financialyear: financialYear, voucherseries: series, vouchernumber: number },
				names: ['VoucherFileConnections'],
				keyOf: keyOfConnection,
			});
			// The filters are not documented: where Fortnox leaves one unheeded, the list holds other vouchers' files too.
			return connections.filter(
				(found) =>
					found.VoucherSeries === series &&
					Number(found.VoucherNumber) === number &&
					found.VoucherYear === financialYear,
			);
		},
	};
	return api;
}
