import { accountRoutes } from './accounts';
import { companyRoutes } from './company';
import { financialYearRoutes } from './financialYears';
import { archiveRoutes } from './files/archive';
import { connectionRoutes } from './files/connections';
import { inboxRoutes } from './files/inbox';
import { invoiceRoutesOfAll } from './invoices/routes';
import { predefinedRoutes } from './predefined';
import { registerRoutesOfAll } from './registers';
import { sieRoutes } from './sie/routes';
import { voucherSeriesRoutes } from './voucherSeries';
import { voucherRoutes } from './vouchers/routes';
import type { Route } from './wire/route';

/** Every path of the API that the sandbox knows. */
export const API_ROUTES: readonly Route[] = [
	...accountRoutes,
	...voucherRoutes,
	...voucherSeriesRoutes,
	...financialYearRoutes,
	...predefinedRoutes,
	...companyRoutes,
	...registerRoutesOfAll,
	...invoiceRoutesOfAll,
	...inboxRoutes,
	...archiveRoutes,
	...connectionRoutes,
	...sieRoutes,
];
