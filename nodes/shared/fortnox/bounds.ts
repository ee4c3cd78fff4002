/**
 * What a server may make this process do. n8n sets no limit of its own to an answer, and unpacks it before anyone sees
 * its size: 0.7 MB of gzip can become a gigabyte. Sizes are bytes after unpacking.
 */

/** A page of 500 vouchers has some 200 kB and a voucher of 10,000 rows some 3 MB. */
export const MOST_JSON_BYTES = 8 * 1024 * 1024;

/** A voucher of 10,000 rows has some 100,000. JSON is parsed in one piece, this in some 20 ms; 8 MB of empty objects took seconds. */
export const MOST_JSON_VALUES = 200_000;

/** An SIE file has some 300 bytes a voucher and row: this is a year of some 400,000 vouchers. Attachments are smaller. */
export const MOST_FILE_BYTES = 128 * 1024 * 1024;

/** Fortnox's answers are 5 levels deep. Many more, and what writes JSON overflows the stack. */
export const MOST_JSON_DEPTH = 100;

/** A million items of 500 a page. A list that says it has more is not believed: 1,000,000,000 pages ended the process. */
export const MOST_PAGES = 2000;

/** All pages of a list together: 100,000 vouchers have some 40 MB. 2,000 pages of the largest size would be 16 GB. */
export const MOST_LIST_BYTES = 256 * 1024 * 1024;

/** How long Fortnox may answer a request with 429 (too many requests) and nothing else; its limit is over in 5 s. ms. */
export const MOST_THROTTLED_MS = 30 * 60_000;

/** Characters of a websocket's message: an answer names a token of some 3,000 for each company. A larger one ends the connection. */
export const LONGEST_SOCKET_MESSAGE = 4_000_000;

/** Characters of an event's offset, which is kept in the workflow's static data. Fortnox's have some 20. */
export const LONGEST_OFFSET = 200;

/** Messages of a websocket that nobody asked for, nonsense among them, in a minute. Fortnox sends none; after these the connection ends. */
export const MOST_USELESS_MESSAGES = 1000;

/** Financial years that events name between two looks; of more, all years are looked at. */
export const MOST_YEARS_RUNG = 100;

/** How long one answer may make requests wait (`Retry-After`); Fortnox's limit is over in 5 s. ms. */
export const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * How far Fortnox's clock, as an answer tells it, may be from this machine's, ms. One that is further off is not believed: a
 * look that asked for what changed since 2099 would find nothing until then.
 */
export const MOST_CLOCK_DIFFERENCE_MS = 400 * 24 * 60 * 60_000;

/**
 * Characters of a base URL. No address that anyone uses is longer, and n8n reads it with regular expressions whose time
 * grows faster than its length.
 */
export const LONGEST_BASE_URL = 500;

/** Characters of an error text that are kept. Fortnox's have some 100. */
export const LONGEST_TEXT = 500;

/** Fortnox's error bodies are below 1 kB, a gateway's page below 10 kB. Of more, the beginning is read. */
export const MOST_ERROR_BYTES = 32 * 1024;
