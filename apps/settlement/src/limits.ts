// Every bound of this service, with where it comes from. The database repeats those that it can hold.
import { cents } from '#libs/kernel';

/** A year of a busy account is about this; what is larger is fetched by shorter periods. */
export const BANK_FILE_BYTES_MAX = 10_485_760;
/** A month of daily statements of a busy account in one file. */
export const STATEMENTS_PER_FILE_MAX = 31;
/**
 * Entries and the payments told within them, or the statuses of a report: all are decided and posted in one transaction,
 * which the unit of work ends after 30 s. 4,000 took 5 s on two cores that eight processes shared.
 */
export const LINES_PER_FILE_MAX = 10_000;
/** Movements at Stripe posted in one reading, in one transaction: months of a busy scheme. */
export const STRIPE_MOVEMENTS_MAX = 5_000;
/** Payouts that are on their way at once: Stripe sends one a day and needs a week at most. */
export const ANNOUNCED_PAYOUTS_MAX = 500;
/** Payouts asked for their trace in one reading: a tenth of a second each. */
export const STRIPE_TRACES_MAX = 20;
/** Disputes asked for how they stand in one reading: a tenth of a second each. */
export const STRIPE_DISPUTES_MAX = 50;
/** Refunds asked for in one look, two requests each. */
export const STRIPE_REFUNDS_MAX = 20;
/** A refund that is on its way is asked after again so often; Stripe needs days. */
export const STRIPE_REFUND_POLL_MS = 60_000;
/** Transfers read in one look, and asked for one after the other: a tenth of a second each. */
export const STRIPE_TRANSFERS_MAX = 100;
/** A transfer of which nothing is known is asked after again so often. */
export const STRIPE_TRANSFER_POLL_MS = 60_000;
/**
 * Who has claimed a transfer has it to itself for so long: a question and a call, each tried three times for ten seconds, and twice that.
 * Nothing is called on a claim that is older.
 */
export const TRANSFER_CLAIM_MS = 120_000;
/** The balance is read at least so often, for webhooks that never come. */
export const STRIPE_READING_MS = 3_600_000;
/** Webhooks that one reading of the balance answers. */
export const STRIPE_EVENTS_MAX = 1_000;
/** A webhook that nobody in this process was woken for is looked at after this long. */
export const STRIPE_POLL_MS = 5_000;
/** Unexplained movements shown: enough to begin looking. */
export const UNEXPLAINED_SHOWN_MAX = 100;
/** How often the calendar of statements is looked at; what is due in the night is closed before anybody comes. */
export const CLOSING_POLL_MS = 60_000;
/** Ends of periods to come that the calendar shows of a programme: three months of halves. */
export const CALENDAR_PERIODS_SHOWN = 6;
/** No transaction is longer (30 s), nor does one decide by a moment before it began: what is older than this is all there. */
export const BOOKS_SETTLE_MS = 60_000;
/** Steps of a closing under way at once: while one is written, which takes the balances of all, two read; more would wait. */
export const CLOSING_LANES = 3;
/**
 * What a closing takes per transaction. Measured: 100,000 lines of 500 statements hold their locks for 0.4 s, and as many lines of holds
 * would for 12 s. Accrual waits for these balances, for 5 s at most (`lock_timeout`).
 */
export const CLOSING_STEP = { lines: 100_000, statements: 500, held: 10 } as const;
/** After so long without a day on which it owed nothing, a payee is asked to pay what it owes: three monthly statements netted nothing. */
export const NEGATIVE_DAYS = 90;
/** Days in which a debit note is to be paid: the usual term between businesses (code de commerce, article L441-10). */
export const DEBIT_NOTE_DUE_DAYS = 30;
/** Debit notes are looked for so often between closings: ninety days end on any day. */
export const DEBIT_NOTE_POLL_MS = 3_600_000;
/** Debit notes issued in one transaction; what is more comes with the next request. */
export const DEBIT_NOTES_PER_REQUEST_MAX = 200;
/** What a reviewer writes about a hold; the database holds the same. */
export const NOTE_LENGTH_MAX = 500;
/** Payments of one run: banks take files of tens of thousands, but all of them are posted in one transaction. */
export const PAYMENTS_PER_RUN_MAX = 5_000;
/** Lines of a statement drawn before others get their turn: about 20 ms, a page of them. */
export const PDF_ROWS_PER_TURN = 50;
/** Payments and payees shown in the answer to a created run; the whole list is read page by page. */
export const PREVIEW_MAX = 100;
/** Approvals that a run needs, and one of which something is unusual: a second person who was told so. */
export const APPROVALS_NEEDED = 1;
export const UNUSUAL_APPROVALS_NEEDED = 2;
/**
 * Until three earlier days of runs say what is usual, and for one payment always, an absolute sum is what is unusual: what fifty
 * places come to in a first month, and what one place redeems of 1,000 vouchers of 20 euros. An operator may set its own.
 */
export const FIRST_RUNS_CEILING_CENTS = 5_000_000;
export const PAYMENT_CEILING_CENTS = 2_000_000;
/**
 * What is unusual about a run. Three times the median: a month after holidays doubles, a wrong or forged file rarely stays below.
 * Of eight days of runs: two months of weekly ones, two thirds of a year of monthly ones. Twenty new accounts: as many as somebody
 * compares with their documents in an hour. A quarter of the money to new accounts, half of it to one payee: in a run of more than
 * five payments, which nobody reads line by line.
 */
export const BREAKER_LIMITS = {
  timesMedian: 3, earlierRunsMin: 3, earlierRunsMax: 8, firstRunsCeiling: cents(FIRST_RUNS_CEILING_CENTS), newAccountsMax: 20,
  newShareBasisPoints: 2_500, largestShareBasisPoints: 5_000, paymentCeiling: cents(PAYMENT_CEILING_CENTS), fewPayments: 5,
} as const;
/** Earlier runs read, of which those of a day are one: eight days of so many that two people approved each. */
export const BREAKER_RUNS_READ_MAX = 200;
/**
 * A changed bank account is paid to after this long, in which the earlier contact can object: three days span a weekend. A
 * payee's first account needs none, because no known account is led away; its first remittance waits for a review anyway.
 */
export const COOLING_OFF_HOURS = 72;
/** Why a checker approves what the bank did not confirm, or an approver what a breaker found; the database holds the same. */
export const REASON_LENGTH_MAX = 500;
/**
 * What a fee rule may take of a gross in all: the fee with its VAT, and the commons share. Twice what #APTIC took of places, 4.8 %
 * with VAT, and a little; an operator may set its own, and a rule may promise less for its programme.
 */
export const PLACE_FEE_CAP_BASIS_POINTS = 1_000;
/** A fee rule that takes more than the one before it has effect so long after it was told: time to leave. The database holds the same. */
export const FEE_NOTICE_DAYS = 30;
/**
 * What the charge of a year may come to, VAT included: twice what #APTIC took a year, 77 euros and VAT, and a little. An operator may set
 * its own.
 */
export const PLACE_CHARGE_CAP_CENTS = 20_000;
/** A charge has its first day so long after it was told: time to leave. The database holds the same. */
export const CHARGE_NOTICE_DAYS = 30;
/** Two years: a rule from a far year would bar all that come before it. */
export const CHARGE_RULE_AHEAD_DAYS_MAX = 731;
/** A charge is made up for so long by a process that was down; whom messages brought later than that is not charged backwards. */
export const CHARGE_GRACE_DAYS = 30;
/**
 * A charge is owed by who takes part on its day, and who says on the evening before that it leaves does not: charges wait until that
 * evening is over in every zone of France (in Polynesia at noon in Paris), and an hour more for the message.
 */
export const CHARGE_HOURS_AFTER_MIDNIGHT = 13;
/** Payees charged per transaction. */
export const CHARGES_PER_TRANSACTION = 500;
/** How often the day of a charge is looked for: nobody waits for it. */
export const PLACE_CHARGE_POLL_MS = 60_000;
/** Documents to places issued per transaction: their series is locked as long, and only by who issues. */
export const PLACE_INVOICES_PER_TRANSACTION = 500;
/** A place pays what was not kept of its statement within so long, as the law has it where nothing was agreed. */
export const PLACE_INVOICE_PAYMENT_DAYS = 30;
/** Statements that nobody in this process was woken for are looked for after this long. */
export const PLACE_INVOICE_POLL_MS = 60_000;
/** Places named in one refusal: enough to begin looking. */
export const NAMED_PLACES_MAX = 10;
/**
 * Before the operator takes out what is its own, issuance has said what it earned of payers: each service tells its totals at the end of
 * each day, and within an hour of what moved. Two hours of patience beside a day.
 */
export const EARNED_TOTAL_HOURS_MAX = 26;
/** Voices for an allocation of the commons, beside its proposer's; the database holds the same. */
export const ALLOCATION_VOICES_NEEDED = 2;
/** A sharing rule that follows another has effect so long after it was told, whichever pool gains by it. The database holds the same. */
export const SHARING_NOTICE_DAYS = 30;

/** Questions of an address without an account, in a minute: a file of a pool of 60,000 movements is 300 pages, asked for at once. */
export const PUBLIC_QUESTIONS_MAX = 600;
export const PUBLIC_QUESTIONS_WINDOW_MS = 60_000;

/**
 * Of fewer payees of a programme with a sharing rule in one closing, the public account of a pool tells only the sum. What programmes
 * without a rule give is told by statement: such a movement names no programme whose payees could be counted.
 */
export const PAYEES_TOLD_MIN = 3;
/** The national pool: the share of programmes without a sharing rule, and what the rules of the others leave it. */
export const COMMONS_POOL = 'general';
/** Days are counted where our banks are. */
export const BANK_TIME_ZONE = 'Europe/Paris';
/** A month is measured when it has been over for so long: banks tell of a day on the next working day, and answers to files take three. */
export const MONTH_SETTLES_AFTER_DAYS = 5;
/** How often settlement asks its clock whether a month has settled. */
export const TIME_TO_PAY_POLL_MS = 3_600_000;
