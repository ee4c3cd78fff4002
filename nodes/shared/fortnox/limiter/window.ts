/** Fortnox's limit: 25 requests in any 5 seconds, per client id and tenant (its page on rate limits). */
export const LIMIT = 25;
export const WINDOW_MS = 5000;
/** On top of the window, for the resolution of clocks and timers on both sides. */
export const MARGIN_MS = 50;
