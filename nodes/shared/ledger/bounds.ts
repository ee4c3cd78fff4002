/** What a file or a text from outside may make this process do. */

/** A SIE file to import: 100,000 vouchers of 300 bytes, which take 5.5 hours to post at Fortnox's 5 requests a second. Bytes. */
export const MOST_SIE_BYTES = 32 * 1024 * 1024;

/** No program writes SIE lines like this; something that is not text does. Bytes. */
export const LONGEST_SIE_LINE = 1 << 20;

/** Far more objects than there are dimensions; it bounds the work that a damaged SIE line can cause. */
export const MOST_SIE_OBJECTS = 100;
