import type { SandboxVoucher } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import { toSek } from '../wire/answer';

const url = (voucher: SandboxVoucher, baseUrl: string): string =>
	`${baseUrl}/3/vouchers/${encodeURIComponent(voucher.series)}/${voucher.number}?financialyear=${voucher.yearId}`;

export function listItem(voucher: SandboxVoucher, baseUrl: string) {
	return {
		'@url': url(voucher, baseUrl),
		Comments: voucher.comments,
		Description: voucher.description,
		ReferenceNumber: voucher.referenceNumber,
		ReferenceType: voucher.referenceType,
		TransactionDate: voucher.date,
		VoucherNumber: voucher.number,
		VoucherSeries: voucher.series,
		Year: voucher.yearId,
		ApprovalState: voucher.approvalState,
	};
}

export function single(voucher: SandboxVoucher, year: SandboxYear, baseUrl: string) {
	return {
		Voucher: {
			'@url': url(voucher, baseUrl),
			Comments: voucher.comments,
			CostCenter: voucher.costCenter,
			Description: voucher.description,
			Project: voucher.project,
			ReferenceNumber: voucher.referenceNumber,
			ReferenceType: voucher.referenceType,
			TransactionDate: voucher.date,
			VoucherNumber: voucher.number,
			VoucherRows: voucher.rows.map((row) => ({
				Account: row.account,
				CostCenter: row.costCenter,
				Credit: toSek(row.credit),
				Description: row.description ?? year.accounts.get(row.account)?.description ?? '',
				Debit: toSek(row.debit),
				Project: row.project,
				Removed: row.removed,
				TransactionInformation: row.transactionInformation,
				Quantity: row.quantity,
			})),
			VoucherSeries: voucher.series,
			Year: voucher.yearId,
			ApprovalState: voucher.approvalState,
		},
	};
}
