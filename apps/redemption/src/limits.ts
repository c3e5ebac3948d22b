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
/** What a counter looks at: its last hundred. */
export const TODAY_ITEMS_MAX = 100;
/** The national list of places has 10,647 rows in 7 MB of CSV, 13 MB of JSON. The bytes stand in memory, the rows never all. */
export const IMPORT_BYTES_MAX = 33_554_432;
/** Longer ones outlast a silent connection of a minute; the import goes on, and the same file asks how far it is. */
export const IMPORT_ROWS_MAX = 50_000;
/** Rows per transaction: about half a second, in which no accreditation of these places can be made. */
export const IMPORT_CHUNK_ROWS = 1_000;
