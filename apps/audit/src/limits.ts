// Every bound of this service, with where it comes from.
import { ALERT_LINES_MAX } from '#libs/contracts';

/** Events of each sender sealed in one transaction: about half a second, far from the 20 s that a statement may take. */
export const SEALED_PER_PASS = 50_000;
/** An event waits about this long for its place in the log. */
export const SEAL_POLL_MS = 1_000;
/** Numbers of a sender restated in one transaction: well under a second. */
export const RESTATED_PER_PASS = 2_000;
/** How often audit looks whether anything new is sealed, or announced by a ledger. */
export const RESTATE_POLL_MS = 2_000;
/** A checkpoint an hour, and where a statement closed: what a superuser changes before the next one is found by the tree alone. */
export const CHECKPOINT_EVERY_MS = 3_600_000;
/** How often the service asks its clock whether an hour is over, and its log whether a statement closed. */
export const CHECKPOINT_POLL_MS = 60_000;
/** A contradiction that lasts is told again, as the watch over invariants does. */
export const CONTRADICTION_TOLD_EVERY_MS = 600_000;
/** How often audit looks whether a checkpoint signed statements whose proofs settlement does not have. */
export const PROOFS_POLL_MS = 2_000;
/** How often audit looks whether somebody is still to be mailed the checkpoint of the day. */
export const CHECKPOINT_MAIL_POLL_MS = 60_000;
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
/** Pages of a trace that one evidence packet holds: a thousand redemptions. */
export const PACKET_PAGES_MAX = 20;
/** Documents that one packet fetches; the others are named as missing. */
export const PACKET_DOCUMENTS_MAX = 60;
/** Places, statements or batches that one trace goes through: a payee with more is told as cut short. */
export const TRACED_THROUGH_MAX = 200;
/** What fed the commons, that one trace tells of one sum they gave. */
export const FED_MAX = 100;
/** A voucher is replaced by one that may be replaced again. */
export const REPLACED_TIMES_MAX = 5;
/** Months released in one pass: each reads the events of its month once, outside of any transaction. */
export const RELEASES_PER_PASS = 3;
/** Events of a month that its figures read at once: some megabytes. */
export const EVENTS_READ_AT_ONCE = 5_000;
/** Thirty years of months. */
export const RELEASES_MAX = 360;
/** Releases in one answer: five years. */
export const MONTHS_LISTED_MAX = 60;
/** How often audit asks its clock whether a month has settled. */
export const OPEN_DATA_POLL_MS = 600_000;
/** A payer's own figures are of groups of five people and more. */
export const PAYER_PEOPLE_MIN = 5;
/** Events that the alert watch reads in one transaction: it asks the rules once for all days of places among them. */
export const WATCHED_PER_PASS = 1_000;
/** How often the watch looks whether more was sealed. Nothing waits for it. */
export const WATCH_POLL_MS = 2_000;
/** What an alert rests on fits into the message that upholds it; more than that is the next alert. */
export const ALERT_FACTS_MAX = ALERT_LINES_MAX;
/** What a person of the operator writes to an alert, an answer or a rule set. */
export const EXPLANATION_LENGTH_MAX = 1_000;
export const APPEAL_LENGTH_MAX = 4_000;
/** As for measures: a place has 60 days, the operator 30 to answer. */
export const APPEAL_DAYS = 60;
export const APPEAL_ANSWER_DAYS = 30;
/** Where the days of the operator begin and end: those of rules, deadlines, populations and open data. */
export const OPERATOR_ZONE = 'Europe/Paris';
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
