// Every bound of this service, with where it comes from. The database repeats those that it can hold.
import { CHUNK_ENTRIES_MAX } from '#libs/contracts';
import { cents } from '#libs/kernel';

/** Vouchers of one order, and so of one batch: the bound of `batch.created.v1`. */
export const ORDER_COUNT_MAX = 1_000_000;
/** A hundred million euros: more than the whole scheme had, and far below what JSON carries exactly. */
export const ORDER_TOTAL_MAX = cents(10_000_000_000);
/** A thousand million euros: what a programme of a whole country may come to, and what JSON carries exactly. */
export const ORDERED_CENTS_MAX = 100_000_000_000;
/** Orders decided again in one simulation, and those of them that are told one by one. */
export const SIMULATED_ORDERS_MAX = 20_000;
export const SIMULATED_ORDERS_SHOWN_MAX = 200;
/** Orders read at once. */
export const SIMULATION_CHUNK_MAX = 1_000;
/** A window is at most a year: rules are compared with a season, not with all that ever was. */
export const SIMULATION_DAYS_MAX = 366;
/** Of one participation in a service, in the rules of a programme: a thousand times what a workshop costs. */
export const SERVICE_PRICE_CENTS_MAX = 1_000_000;
/** Ten thousand euros: above it, a face value is a typing error. */
export const FACE_CENTS_MAX = 1_000_000;
/** Stopped vouchers replaced at once: one chunk, whose balances redemption moves in one transaction. */
export const REPLACEMENT_COUNT_MAX = CHUNK_ENTRIES_MAX;
/** How long a quote stands unless told: a council's committee meets every other month. */
export const QUOTE_DAYS = 60;
/** Half a year: beyond it, prices and rules have moved. */
export const QUOTE_DAYS_MAX = 180;
/** An address or a printer's own number. */
export const PROOF_REFERENCE_LENGTH_MAX = 200;
/**
 * What cancelling an accepted order costs. The indemnity is the one that applies to public contracts for supplies and
 * services unless they say otherwise: 5 % of the price, without VAT, of what was not carried out, and beside it the costs
 * that were engaged and are proven (CCAG-FCS of 30 March 2021, article 42). Above a euro per voucher made, the costs of
 * making are a typing error.
 */
export const CANCELLATION_TERMS = { indemnityBasisPoints: 500, productionPerVoucherMax: cents(100) } as const;
/** Of an order: more than any that is handed out in a thousand parts needs to be understood. */
export const HISTORY_SHOWN_MAX = 500;
/** A paragraph that says why. */
export const REASON_LENGTH_MAX = 1_000;
/** Payers of one order: the bound of `shares` in the messages. */
export const SHARES_MAX = 20;
/** Vouchers derived before the event loop gets its turn: 1 to 3 ms of hashing, less than a redemption takes. */
export const MINT_SLICE = 500;
/** Lines of a print file made at once, for the same reason. */
export const PRINT_SLICE = 250;
/** A batch that nobody announced in this process (another one was killed) is picked up after this long. */
export const MINT_POLL_MS = 5_000;

/** How long Stripe keeps a payment page open. */
export const CARD_SESSION_MS = 86_400_000;
/** Pages of one share opened within that time and not paid: a payer that needs more has another difficulty. */
export const CARD_SESSIONS_MAX = 10;
/** Sessions looked up at Stripe in one go: with a tenth of a second each, well below a request's time limit. */
export const CARD_CHECKS_MAX = 50;
/**
 * How long the bank of a payer takes a direct debit back without giving a reason: eight weeks from the debit, by the rulebook
 * of SEPA core direct debits. Until then a debit that succeeded is still counted as what may be lost.
 */
export const SEPA_RETURN_MS = 56 * 86_400_000;
/**
 * A refund goes back to the card for so long; later by bank. Stripe has no bound for cards and 180 days for debits, and after
 * half a year a card is often another one.
 */
export const CARD_REFUND_MS = 180 * 86_400_000;
/** Stripe's own list of events is read so often, for webhooks that never come. */
export const STRIPE_READING_MS = 3_600_000;
/** Read again before where the last reading ended: an event may be listed later than another that is younger. */
export const STRIPE_OVERLAP_MS = 3_600_000;
/** Stripe keeps its events for 30 days. */
export const STRIPE_EVENTS_KEPT_MS = 30 * 86_400_000;
/** Whether a reading is due, or one that failed is to be tried again, is looked at so often. */
export const STRIPE_READING_POLL_MS = 60_000;
/** A webhook that nobody in this process was woken for (another one was killed, Stripe was away) is looked at after this long. */
export const STRIPE_POLL_MS = 5_000;

export const chunksOf = (count: number): number => Math.ceil(count / CHUNK_ENTRIES_MAX);
/** Draws of an order's reference: one order in a million clashes once in two thousand histories, so two would do. */
export const REFERENCE_DRAWS_MAX = 3;
/** Where a day begins and ends for ordering and activating; a voucher's own dates are judged at the place that takes it. */
export const OPERATOR_ZONE = 'Europe/Paris';
/** Parties of one notice: payers of an order and all distributors that hold its vouchers. */
export const NOTICE_PARTIES_MAX = 1_000;
/** Draws of a batch's serial label, 40 bits: among ten thousand batches a clash is one in twenty thousand. */
export const LABEL_DRAWS_MAX = 3;
/** All 37,000 communes of France are 2 MB of CSV. The bytes stand in memory, the rows never all. */
export const IMPORT_BYTES_MAX = 16_777_216;
export const IMPORT_ROWS_MAX = 50_000;
/** Rows per transaction, in which nobody registers a payer by hand. */
export const IMPORT_CHUNK_ROWS = 500;
/** Communes of one distributor: the largest inter-municipal bodies of France have fewer than 200. */
export const COMMUNES_MAX = 500;
/** Ranges of one receipt or loss: what somebody counts at a table. */
export const OUTCOME_RANGES_MAX = 200;
/** Hand-overs of one call, and so of one transaction: as many messages as the relay puts into one numbered batch. */
export const HAND_OVERS_MAX = 500;
/** Rows of one list of hand-overs: what a large distributor gives out in a year. The bytes stand in memory, the rows never all. */
export const HAND_OVER_ROWS_MAX = 20_000;
export const HAND_OVER_BYTES_MAX = 4_194_304;
/** Rows of a dry run that are shown, of which nothing would come; all are counted. */
export const TRIAL_ROWS_SHOWN_MAX = 200;
/** Days without a move after which stock sleeps, and without a use after which somebody should ask (domain: no first use in 60 days). */
export const SLEEPING_DAYS = 60;
/** Rows of a funnel and of alerts: what somebody looks through. */
export const FUNNEL_ROWS_MAX = 1_000;
export const ALERTS_MAX = 1_000;
/** Groups smaller than this are not told to a payer (decision 23): five people are nobody. */
export const GROUP_MIN = 5;
/** Vouchers that a distributor may be allowed to replace in a month: above it, the operator should look. */
export const QUOTA_MAX = 10_000;
/** Pages of one PDF, sheets or letters: what a printer's software still opens. */
export const PDF_PAGES_MAX = 10_000;
/** Places that a letter names; in large print fewer fit on its page. */
export const LETTER_PLACES = 5;
export const LARGE_LETTER_PLACES = 3;
/** An armored OpenPGP key with some identities and signatures. */
export const PRINTER_KEY_CHARACTERS_MAX = 60_000;
/** Downloads of a print file that its manifest lists; more are only counted. */
export const DOWNLOADS_SHOWN_MAX = 20;
/** Fixed services of one fee rule, each a line on an invoice: all of them fit on its first page. */
export const FEE_SERVICES_MAX = 20;
/** Versions of a programme's fee rules that a list shows: several a month for years. */
export const FEE_RULES_SHOWN_MAX = 200;
/** Orders that a simulation of fees goes through: a year of a large programme. */
export const FEE_SIMULATED_ORDERS_MAX = 1_000;
/**
 * A payer has this long: the law's usual term, and that of public bodies (L441-10 of the code de commerce, L2192-10 of
 * the code de la commande publique).
 */
export const PAYMENT_DAYS = 30;
/** Documents that one look of the deliverer sends. */
export const DELIVERIES_MAX = 100;
/** An issued document is handed over after this long at most: nobody waits for it. */
export const DELIVERY_POLL_MS = 2_000;
/** A credit without a reference is matched by payer and amount to shares at most this old: half a year of public accounting. */
export const MATCH_WINDOW_DAYS = 180;
/** Shares that the work-list shows for a credit: what a person compares at a glance. */
export const CANDIDATES_MAX = 5;
/** Open shares looked at for each of what a credit tells: a round amount may be asked by hundreds. */
export const SHARES_PER_HINT_MAX = 20;
