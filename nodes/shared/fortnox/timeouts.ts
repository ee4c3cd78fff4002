/** Lists, single objects and small writes answer within a second or two; a page of 500 vouchers of a busy company may take longer. */
export const TIMEOUT_MS = { read: 30_000, page: 60_000, write: 60_000, file: 120_000, sie: 300_000 };
