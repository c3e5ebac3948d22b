// Everything that identity bounds, and why.
/** Views of one list that a person keeps: more is a list of its own. */
export const SAVED_VIEWS_MAX = 20;
export const SAVED_VIEW_NAME_LENGTH_MAX = 60;
/** Above what the filters and columns of any list come to. */
export const SAVED_QUESTION_LENGTH_MAX = 2_000;
export const PASSWORD_LENGTH_MIN = 12;
/** Beyond this scrypt would be made to work for nothing. */
export const PASSWORD_LENGTH_MAX = 128;
export const NAME_LENGTH_MAX = 200;
export const EMAIL_LENGTH_MAX = 200;
export const USER_AGENT_LENGTH_MAX = 300;
/** Members of one organisation that are listed. */
export const MEMBERS_MAX = 500;
/** Links that one person is mailed in an hour: a mailbox must not be flooded by whoever knows its address. */
export const LINKS_PER_HOUR_MAX = 5;
/** Mails of a day that say to one mailbox that it may act for an organisation: whoever invites must not flood it. */
export const INVITATIONS_PER_DAY_MAX = 5;
/** Open sign-ins of one person; the oldest end beyond, so that ending all of them stays a short list (ADR 0067). */
export const SESSIONS_MAX = 50;
/** Longer than a token lives, with what clocks differ by. */
export const REVOCATION_SECONDS = 360;
/** A mailed invitation: a week, for who is away for some days. */
export const INVITATION_SECONDS = 7 * 86_400;
/** A forgotten password, and a link to sign in: as long as a mail may be on its way. */
export const PASSWORD_LINK_SECONDS = 30 * 60;
export const SIGN_IN_LINK_SECONDS = 15 * 60;
/** A link that opens for less than this is replaced when it is asked for again: a mail takes a while. */
export const LINK_LEFT_SECONDS_MIN = 5 * 60;
export const LINK_LENGTH_MAX = 100;
/** A working day: who comes back tomorrow signs in again. */
export const SESSION_SECONDS = 12 * 3_600;
/** Wrong passwords per address and account before the door stays shut for the rest of the window. */
export const SIGN_IN_ATTEMPTS_MAX = 5;
export const SIGN_IN_WINDOW_MS = 15 * 60_000;
/** Wrong passwords per address alone, in a quarter of an hour: above what an office behind one address mistypes. */
export const SIGN_IN_ADDRESS_MAX = 100;
/** Pairs of address and account that are remembered; the oldest is forgotten first. */
export const SIGN_IN_PAIRS_MAX = 10_000;
/** Organisations that one person can act for, as far as the token answer lists them. */
export const MEMBERSHIPS_MAX = 100;
/** Mails that a server could not take are looked at again after this long; each waits for its own time. */
export const NOTICE_POLL_MS = 5_000;
/** Members of the operator that wait for a second person; who has more is not read. */
export const PROPOSED_MEMBERS_MAX = 100;
/** A mandate lasts three years at most: whoever audits longer is asked again. */
export const MANDATE_DAYS_MAX = 1_096;
export const PURPOSE_LENGTH_MAX = 500;
/** Days of a mandate begin and end where the operator is. */
export const OPERATOR_TIME_ZONE = 'Europe/Paris';
/** Long enough to see what somebody asks about; who needs longer says why again. */
export const IMPERSONATION_MINUTES_MIN = 5;
export const IMPERSONATION_MINUTES_MAX = 30;
/** `test` is no reason. */
export const REASON_LENGTH_MIN = 10;
/** Organisations of one search by name. */
export const ORGANISATIONS_FOUND_MAX = 20;
/** Of the codes of an authenticator (RFC 6238), and how many steps a phone's clock may be off to either side. */
export const CODE_STEP_SECONDS = 30;
export const CODE_STEPS_OFF_MAX = 1;
/** On one sheet; each counts once. */
export const RECOVERY_CODES = 8;
/** Keys of one organisation that are in force at once: some for each program, and one to change each for. */
export const API_KEYS_MAX = 20;
export const API_KEYS_LISTED_MAX = 200;
/** A year: whoever still needs a key then makes another, and the old one is not forgotten in a drawer. */
export const API_KEY_DAYS_MAX = 365;
export const API_KEY_LABEL_LENGTH_MAX = 100;
/** A key has 61 characters. */
export const API_KEY_LENGTH_MAX = 100;
/** Tokens of a key in a quarter of an hour; one lives five minutes, so that this is a score of processes that share a key. */
export const KEY_TOKENS_MAX = 60;
export const KEY_TOKEN_WINDOW_MINUTES = 15;
/** Devices of one person; more are not told apart any more. */
export const PASSKEYS_MAX = 10;
export const PASSKEY_NAME_LENGTH_MAX = 60;
/** From the page to the answer of the device; what a phone beside a computer takes. */
export const PASSKEY_CHALLENGE_SECONDS = 300;
