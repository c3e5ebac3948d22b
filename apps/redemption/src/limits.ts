// Every bound of this service, with where it comes from.

/** One lock and one write hold at most this many; above it a batch only gets later, not cheaper. */
export const TILL_BATCH_MAX = 200;
/** About a tenth of a second of work: who comes after that is told to come again, instead of waiting without an end. */
export const TILL_WAITING_MAX = 2_000;
/** A batch that met a rival runs again this often, then each of its items by itself. */
export const TILL_ATTEMPTS_MAX = 5;
export const TILL_CONNECT_TIMEOUT_MS = 3_000;
/** Above the server's own statement timeout: only a server that no longer answers at all meets it. */
export const TILL_QUERY_TIMEOUT_MS = 25_000;
/** Places per message of a closed period, so that one message stays far below what a batch may carry. */
export const TOTALS_PLACES_MAX = 2_000;
/** Vouchers per transaction of an expiry run (decision 21): one lock and one write of about a quarter of a second. */
export const EXPIRY_CHUNK_MAX = 10_000;
/** Batches of one command: a hundred times what the largest programme known had. */
export const EXPIRY_BATCHES_MAX = 1_000;
/** A run that nobody announced in this process (another one was killed) is picked up after this long. */
export const EXPIRY_POLL_MS = 5_000;
/** What a counter looks at: its last hundred. */
export const TODAY_ITEMS_MAX = 100;
