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
/** Twenty a second: a relay that runs has numbered what waits long before. */
export const NUMBERING_LOOKS_MAX = 40;
/** Places per message of a closed period, so that one message stays far below what a batch may carry. */
export const TOTALS_PLACES_MAX = 2_000;
/** A workshop of 28 happens, a hundred is a hall; half a batch of a till, so that others get into it too. */
export const SESSION_LINES_MAX = 100;
/** What one person gives for one participation: a tenth of a hall, and ten vouchers of ten euros pay the dearest service known. */
export const PERSON_VOUCHERS_MAX = 10;
/** A service longer than a day, or with more people than a hall holds, is a typing error; the database says the same. */
export const DURATION_MINUTES_MAX = 1_440;
export const PARTICIPANTS_MAX = 1_000;
/** How long a till may take back what it did; after that its manager and the operator may, until the period closes. */
export const UNDO_WINDOW_MS = 15 * 60_000;
/** How long a till may hold a voucher, and for how long it does without a wish of its own; the database says the same. */
export const HOLD_MINUTES_MAX = 30;
/** Serials of one stop: a parcel. Whole batches are stopped by their range. */
export const STOP_SERIALS_MAX = 1_000;
/** Vouchers per transaction of an expiry run (decision 21): one lock and one write of about a quarter of a second. */
export const EXPIRY_CHUNK_MAX = 10_000;
/** Batches of one command: a hundred times what the largest programme known had. */
export const EXPIRY_BATCHES_MAX = 1_000;
/** A run that nobody announced in this process (another one was killed) is picked up after this long. */
export const EXPIRY_POLL_MS = 5_000;
/** Steps are days apart: a minute late is on time, and a service that was away tells what it missed within this. */
export const CALENDAR_POLL_MS = 5_000;
/** Batches looked at in one go; more wait for the next look. */
export const CALENDAR_BATCHES_MAX = 1_000;
/** Where a day begins and ends for the rules of a programme, as in issuance; a service's own dates are judged at its site. */
export const OPERATOR_ZONE = 'Europe/Paris';
/** Redemptions decided again in one simulation: on two busy cores 5,000 were in a second, so these take a third of its time. */
export const SIMULATED_REDEMPTIONS_MAX = 100_000;
/** Read and decided before others get their turn: some milliseconds. */
export const SIMULATION_CHUNK_MAX = 500;
/** Until then a simulation has to be done; it reads, and nothing waits for it. */
export const SIMULATION_MS_MAX = 60_000;
/** A window is at most a year: rules are compared with a season, not with all that ever was. */
export const SIMULATION_DAYS_MAX = 366;
/** What a counter looks at: its last hundred. */
export const TODAY_ITEMS_MAX = 100;
/** The national list of places has 10,647 rows in 7 MB of CSV, 13 MB of JSON. The bytes stand in memory, the rows never all. */
export const IMPORT_BYTES_MAX = 33_554_432;
/** Longer ones outlast a silent connection of a minute; the import goes on, and the same file asks how far it is. */
export const IMPORT_ROWS_MAX = 50_000;
/** How long what was rendered before a measure or a departure may still be claimed: what lies on a desk is found by then. */
export const MEASURED_CLAIM_DAYS = 30;
/**
 * How far ahead a place may say that it leaves: a year holds each season and the day of each yearly charge once, and what is further
 * off is said when it comes nearer. The database holds the same.
 */
export const DEPARTURE_DAYS_AHEAD_MAX = 365;
/** Why a place leaves, in its own words: a paragraph. The database holds the same. */
export const DEPARTURE_REASON_LENGTH_MAX = 1_000;
/** What an operator writes to a place about a measure; the database holds the same. */
export const EXPLANATION_LENGTH_MAX = 2_000;
/** A provisional accreditation is completed within a year, as the board of meal vouchers has it. */
export const PROVISIONAL_DAYS_MAX = 365;
/** Before its end an accreditation may be renewed: a quarter is what a review takes with a question in between. */
export const RENEWAL_DAYS = 90;
export const QUESTIONS_MAX = 100;
export const QUESTION_OPTIONS_MAX = 20;
export const QUESTION_POINTS_MAX = 1_000;
export const QUESTION_LENGTH_MAX = 1_000;
export const APPLICATION_DOCUMENTS_MAX = 50;
/** As before a court in France: two months, which a deadline in days makes the same for everybody. */
export const APPEAL_DAYS = 60;
export const APPEAL_ANSWER_DAYS = 30;
export const APPEAL_LENGTH_MAX = 4_000;
/** A trial keeps the places of its file in memory, about 2 KB each: twice the national list. */
export const TRIED_ROWS_MAX = 20_000;
/** What columns look like is told by their first rows; nobody reads more of a preview than a few. */
export const [LOOKED_ROWS_MAX, PREVIEWED_ROWS, PREVIEWED_CHARACTERS] = [1_000, 5, 200];
/** Of a value, to tell what it is: nothing that a look knows is longer, and each look goes over all of it. */
export const LOOKED_CHARACTERS_MAX = 400;
/** Fields are 32; a few take several columns. */
export const MAPPED_COLUMNS_MAX = 100;
/** Rows per transaction: about half a second, in which no accreditation of these places can be made. */
export const IMPORT_CHUNK_ROWS = 1_000;
/** A component of a session above a hundred thousand euros is a typing error; the database says the same. */
export const TARIFF_COMPONENT_CENTS_MAX = 10_000_000;
/** Ten thousand euros an hour. */
export const HOURLY_COST_CENTS_MAX = 1_000_000;
/** Prices that a place shows: one in force per service, and more to come than anybody plans. */
export const TARIFFS_SHOWN_MAX = 200;
/** Texts read at once, and the length of one: the longest of a real file is half of it. */
export const PRICE_TEXTS_MAX = 500;
export const PRICE_TEXT_LENGTH_MAX = 5_000;
/** Statistics that others read are of groups this large, so that no person is seen in them. */
export const PUBLIC_GROUP_MIN = 11;
/** Ranges are of a year at most: older prices say nothing of what a service costs. */
export const RANGE_DAYS_MAX = 366;
/**
 * What tills may be refused (decision 18), so many at once and then so many a minute. Right attempts are not limited: a place has
 * only as many as it was shown vouchers, and too many at once are what the bounded queue answers 503 to.
 *
 * `unknown`: well-formed codes that nobody could redeem here. Check characters catch typing errors before, so these are guesses,
 * or a booklet that was never activated: 28 people with four vouchers each are 112 in five minutes from one device, 448 from the
 * four of a large place, and even if each is refused none of them waits. Of 2^80 codes so many tries find none.
 * `refused`: all refusals, those included. They tell nothing of codes; this keeps a till from filling a table.
 */
export const TILL_LIMITS = {
  device: { unknown: { burst: 150, perMinute: 5 }, refused: { burst: 3_000, perMinute: 50 } },
  place: { unknown: { burst: 600, perMinute: 20 }, refused: { burst: 6_000, perMinute: 100 } },
  // All tills together. When it is empty, only who named unknown codes itself waits: a place that did not is never punished.
  platform: { unknown: { burst: 6_000, perMinute: 200 } },
  // Somebody without an account, by where they sit: a library whose visitors check their booklets, or a family. For them each question
  // is counted, right or wrong: nobody has shown us anything. A booklet that is not active yet is ten unknown codes.
  address: { unknown: { burst: 30, perMinute: 2 }, refused: { burst: 300, perMinute: 30 } },
  // All of them together, as for all tills.
  public: { unknown: { burst: 3_000, perMinute: 100 } },
} as const;
/** What a report of a loss costs of an address's questions: thirty at once, a household's; then three a minute. */
export const LOSS_REPORT_COST = 10;
/** And a receipt, which names a place: a hundred at once, what somebody prints who helps many people; then ten a minute. */
export const RECEIPT_COST = 3;
/** Places shown to somebody who looks for one, and how far they are looked for. */
export const FOUND_PLACES_MAX = 20;
export const FOUND_WITHIN_KM = 20;
/** From there on the nearest place is far: a quarter of an hour by car. A figure of ours, which whoever asks may replace. */
export const FAR_KM = 15;
/** Communes in one answer; the table has all. */
export const DESERTS_SHOWN_MAX = 200;
/** Places and devices of which somebody was refused lately; three times the national list. About 10 MB. */
export const TILL_COUNTED_MAX = 30_000;
/** Counts stay in memory until then; a process that dies forgets what it counted in this time, and no more. */
export const TILL_COUNTS_FLUSH_MS = 1_000;
/** As long as the largest debt takes to be paid off: what a process that starts has to know. */
export const TILL_COUNTS_KEPT_MINUTES = 120;
/** Unknown codes of one place, and of all, within a quarter of an hour at which a person should look: long before a till is stopped. */
export const ALARM_WINDOW_MS = 15 * 60_000;
export const ALARM_PLACE_COUNT = 40;
export const ALARM_PLATFORM_COUNT = 600;
/** The manager reads the code out to somebody who stands at the device. */
export const ENROLMENT_MS = 15 * 60_000;
/** A tablet's clock may be off by this much; a signature alone is worth nothing: the same key gives the same answer. */
export const DEVICE_SKEW_MS_MAX = 5 * 60_000;
/** Three for each place of the national list; some hundred bytes each. */
export const DEVICES_REMEMBERED_MAX = 30_000;
/** A busy afternoon at one counter without a network; more is at risk than a place can lose. The database holds the same. */
export const OFFLINE_CODES_PER_DEVICE_DAY_MAX = 40;
/** As many as a workshop has lines. */
export const OFFLINE_CAPTURES_MAX = 100;
/** A weekend without a network. Later nobody remembers whom it was for, and the voucher may long be somebody else's. */
export const OFFLINE_CAPTURED_WITHIN_HOURS = 72;
/** A large place has a counter in each room; more than this is a script. */
export const DEVICES_PER_PLACE_MAX = 200;
