// Every bound of this service, with where it comes from.

/** Events sealed in one transaction: a fraction of a second, far from the 20 s that a statement may take. */
export const SEALED_PER_PASS = 1_000;
/** Of their bodies as stored, compressed: a heap of large ones must not fill the memory. */
export const SEALED_BYTES_PER_PASS = 4_000_000;
/** An event waits about this long for its place in the log. */
export const SEAL_POLL_MS = 1_000;
/** A checkpoint an hour: what a superuser changes before the next one is found by no signature, only by the tree. */
export const CHECKPOINT_EVERY_MS = 3_600_000;
/** How often the service asks its clock whether an hour is over. */
export const CHECKPOINT_POLL_MS = 60_000;
/** Leaves read at once while an export leaves. */
export const EXPORT_PAGE = 200;
/** Gaps named per sender; with more of them the count says the rest. */
export const GAPS_NAMED_MAX = 50;
/** How often audit looks whether the ledgers have told a day to its end. */
export const COVERAGE_POLL_MS = 5_000;
/** Statements of coverage made in one transaction: a month that was missed. */
export const STATEMENTS_PER_PASS = 31;
/** Events of one kind of look-up that a trace reads per id: far more than a cent has, far less than an order may have. */
export const TRACED_PER_ID_MAX = 100;
/** Redemptions whose way is told in one answer; more come by its cursor. */
export const TRACED_REDEMPTIONS_MAX = 50;
/** Places, statements or batches that one trace goes through: a payee with more is told as cut short. */
export const TRACED_THROUGH_MAX = 200;
/** A voucher is replaced by one that may be replaced again. */
export const REPLACED_TIMES_MAX = 5;
/** Items of one sample: a person looks at each. */
export const SAMPLE_SIZE_MAX = 500;
/** Thresholds of amount bands. */
export const BANDS_MAX = 20;
export const TITLE_LENGTH_MAX = 200;
export const NOTE_LENGTH_MAX = 2_000;
export const OBSERVATION_LENGTH_MAX = 4_000;
/** A person's or an organisation's events that an answer about rights is made of: far more than anybody has. */
export const RIGHTS_EVENTS_MAX = 5_000;
/** Rules of a programme and tariffs of a place that an answer about a day is made of. */
export const RULES_MAX = 5_000;
/** Days of rules, deadlines and populations are those of the operator. */
export const OPERATOR_TIME_ZONE = 'Europe/Paris';
