import type { FastifyInstance } from 'fastify';

import type { ApprovalState, SandboxBudget, VoucherInput } from '../company/types';
import { merge } from './merge';
import { readQuery } from './query';
import type { SandboxOf } from './sandbox';
import { companySummary } from './views';

type Tenant = { Params: { tenant: string } };

/** A company's books as they are, and what people do in Fortnox's own program. */
export function companyRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	bookRoutes(app, sandboxOf);
	approvalRoutes(app, sandboxOf);
	settingRoutes(app, sandboxOf);
}

function bookRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	app.get<Tenant>('/_sandbox/companies/:tenant', async (request) => companySummary(sandboxOf(request).company(request.params.tenant)));
	app.get<Tenant>('/_sandbox/companies/:tenant/vouchers', async (request) => {
		const { year } = readQuery(request);
		return sandboxOf(request)
			.company(request.params.tenant)
			.vouchers(year === undefined ? undefined : Number(year));
	});
	app.get<Tenant>('/_sandbox/companies/:tenant/trial-balance', async (request) => {
		const company = sandboxOf(request).company(request.params.tenant);
		const { year } = readQuery(request);
		return Object.fromEntries(company.trialBalance(year === undefined ? (company.currentYear()?.id ?? 0) : Number(year)));
	});
	app.post<
		Tenant & {
			Body: { vouchers?: VoucherInput[]; count?: number; yearId?: number; seed?: number; series?: string[] };
		}
	>('/_sandbox/companies/:tenant/vouchers', async (request) => {
		const company = sandboxOf(request).company(request.params.tenant);
		const { vouchers = [], count = 0, ...bulk } = request.body;
		if (count > 0) company.addVouchers(count, bulk);
		return { added: vouchers.map((voucher) => company.addVoucher(voucher)), count };
	});
}

function approvalRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	app.post<Tenant & { Body: ApproverRequest }>('/_sandbox/companies/:tenant/approver', async (request) => {
		const { series, yearId, approver } = request.body;
		sandboxOf(request).company(request.params.tenant).setApprover(yearId, series, approver);
		return { series, yearId, approver };
	});
	app.post<Tenant & { Body: ApprovalRequest }>('/_sandbox/companies/:tenant/approve', async (request) => {
		const company = sandboxOf(request).company(request.params.tenant);
		const { series, number, yearId, state } = request.body;
		const voucher = company.voucher(series, number, yearId);
		if (!voucher) throw new Error(`There is no voucher ${series}/${number} in year ${yearId}`);
		company.approve(voucher, state);
		return voucher;
	});
}

function settingRoutes(app: FastifyInstance, sandboxOf: SandboxOf): void {
	app.post<Tenant & { Body: { date: string | null } }>('/_sandbox/companies/:tenant/lock', async (request) => {
		sandboxOf(request).company(request.params.tenant).setLocked(request.body.date);
		return { lockedPeriod: request.body.date };
	});
	app.post<Tenant & { Body: { yearId: number; budgets: SandboxBudget[] } }>('/_sandbox/companies/:tenant/budgets', async (request) => {
		const company = sandboxOf(request).company(request.params.tenant);
		company.setBudget(request.body.yearId, request.body.budgets);
		return company.year(request.body.yearId).budgets;
	});
	app.post<Tenant & { Body: { fromDate: string; toDate: string } }>('/_sandbox/companies/:tenant/years', async (request) => {
		const company = sandboxOf(request).company(request.params.tenant);
		const { fromDate, toDate } = request.body;
		return { id: company.openYear(fromDate, toDate).id };
	});
	app.post<Tenant & { Body: Record<string, unknown> }>('/_sandbox/companies/:tenant/profile', async (request) => {
		const { profile } = sandboxOf(request).company(request.params.tenant);
		merge(profile, request.body);
		return profile;
	});
}

interface ApproverRequest {
	series: string;
	yearId: number;
	/** A name; null: nobody approves. */
	approver: string | null;
}

interface ApprovalRequest {
	series: string;
	number: number;
	yearId: number;
	/** Default: 3, approved. */
	state?: ApprovalState;
}
