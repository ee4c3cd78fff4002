import type { SandboxVoucher } from '../../company/types';
import type { SandboxYear } from '../../company/year';
import type { Settings } from '../../settings';
import { toSek } from '../wire/answer';
import type { RouteContext } from '../wire/route';

const url = (voucher: SandboxVoucher, baseUrl: string): string =>
	`${baseUrl}/3/vouchers/${encodeURIComponent(voucher.series)}/${voucher.number}?financialyear=${voucher.yearId}`;

export function listItem(voucher: SandboxVoucher, { baseUrl, settings }: RouteContext) {
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
		...approvalState(voucher, settings),
	};
}

/** Recordings of 2015 lack it. */
const approvalState = ({ approvalState: ApprovalState }: SandboxVoucher, { answerShapes }: Settings) =>
	answerShapes === 'recorded' ? {} : { ApprovalState };

export function single(voucher: SandboxVoucher, year: SandboxYear, { baseUrl, settings }: RouteContext) {
	const isRecorded = settings.answerShapes === 'recorded';
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
				// Recordings of 2015 have 0 where a row has no project, and no quantity.
				Project: isRecorded ? row.project || 0 : row.project,
				Removed: row.removed,
				TransactionInformation: row.transactionInformation,
				...(isRecorded ? {} : { Quantity: row.quantity }),
			})),
			VoucherSeries: voucher.series,
			Year: voucher.yearId,
			...approvalState(voucher, settings),
		},
	};
}
