import type { Route } from '../wire/route';
import { CUSTOMER_INVOICES } from './customerInvoices';
import { invoiceRoutes } from './document';
import { partyRoutes } from './parties';
import { allPaymentRoutes } from './payments';
import { SUPPLIER_INVOICES } from './supplierInvoices';

/** Invoices, supplier invoices and payments as far as they make vouchers, and whom they name. */
export const invoiceRoutesOfAll: readonly Route[] = [
	...partyRoutes,
	...invoiceRoutes(CUSTOMER_INVOICES),
	...invoiceRoutes(SUPPLIER_INVOICES),
	...allPaymentRoutes,
];
