// Every code that an answer may carry, from this library and from each service's `refusals.ts`. A code is never renamed
// or reused: programs outside branch on it.
import { AssertionFault, type RefusalCatalogue } from '#libs/kernel';

export type ProblemKind = Readonly<{ status: number; retryable: boolean; sentence: string }>;
export type CatalogueEntry = ProblemKind & Readonly<{ code: string; services: readonly string[] }>;

/** What any service may answer before or beside its own refusals; the order is the order in which they are checked. */
export const BASE_PROBLEMS = {
  uri_malformed: { status: 400, retryable: false, sentence: 'The address cannot be read: check its percent-encoding.' },
  uri_too_long: { status: 414, retryable: false, sentence: 'A part of the address is longer than any id of ours.' },
  route_not_found: { status: 404, retryable: false, sentence: 'There is nothing at this address for this method.' },
  route_closed: { status: 403, retryable: false, sentence: 'This address is not open to anybody; report it.' },
  origin_foreign: { status: 403, retryable: false, sentence: 'The form was sent from another site; open our page and send it from there.' },
  token_missing: { status: 401, retryable: false, sentence: 'Send a token: Authorization: Bearer <token>.' },
  token_invalid: { status: 401, retryable: false, sentence: 'The token is not one of ours; ask for a new one.' },
  token_expired: { status: 401, retryable: false, sentence: 'The token has run out; ask for a new one and repeat the request.' },
  token_revoked: { status: 401, retryable: false, sentence: 'The sign-in or the rights behind this token have ended; sign in again, or ask for a new token.' },
  sign_in_failed: { status: 401, retryable: false, sentence: 'The address or the password is wrong.' },
  session_missing: { status: 401, retryable: false, sentence: 'Nobody is signed in here; sign in first.' },
  role_missing: { status: 403, retryable: false, sentence: 'Your role does not allow this; ask your organisation for the right one.' },
  key_scope_missing: {
    status: 403, retryable: false,
    sentence: 'This key was not made for this: see GET /identity/api-keys for its scopes, or let a person ask.',
  },
  impersonation_reads_only: {
    status: 403, retryable: false,
    sentence: 'You look as another organisation, and change nothing there: end it first, or let one of its people do this.',
  },
  mandate_missing: {
    status: 403, retryable: false,
    sentence: 'An auditing body sees by a mandate, and none of yours is in force: ask the operator, or a payer, for one.',
  },
  mandate_ended: { status: 403, retryable: false, sentence: 'The mandate of your auditing body has ended: ask whoever gave it for another.' },
  mandate_too_narrow: {
    status: 403, retryable: false,
    sentence: 'Your mandate is for some programmes or payers, and this shows all of them: see GET /identity/mandates for what it opens.',
  },
  second_factor_stale: {
    status: 403, retryable: false,
    sentence: 'This moves money or rights: enter a code of your second factor (POST /identity/second-factors/codes), ask for a new token, and repeat the request.',
  },
  media_type_unsupported: { status: 415, retryable: false, sentence: 'Send the body in the media type that the route documents.' },
  charset_unsupported: { status: 400, retryable: false, sentence: 'Send the body in UTF-8, not compressed.' },
  body_too_large: { status: 413, retryable: false, sentence: 'The body is larger than this route takes; send less at once.' },
  body_malformed: { status: 400, retryable: false, sentence: 'The body cannot be read: see errors.' },
  request_malformed: { status: 400, retryable: false, sentence: 'A field is missing, unknown or of the wrong form: see errors.' },
  idempotency_key_missing: { status: 400, retryable: false, sentence: 'Send an Idempotency-Key header: a new UUID for each thing to do.' },
  idempotency_key_malformed: { status: 400, retryable: false, sentence: 'The Idempotency-Key is not a UUID in lower case.' },
  idempotency_key_reused: { status: 422, retryable: false, sentence: 'This Idempotency-Key came before with other content; use a new one.' },
  installation_ceded: {
    status: 410, retryable: false, sentence: 'This installation went to another operator and takes nothing any more: ask the operator where it goes on.',
  },
  too_many_requests: { status: 429, retryable: true, sentence: 'Too many requests; wait as long as Retry-After says.' },
  request_incomplete: { status: 408, retryable: true, sentence: 'The request did not arrive whole in time; send it again.' },
  fault: { status: 500, retryable: false, sentence: 'Something broke on our side and was recorded; report the request id.' },
  unavailable: { status: 503, retryable: true, sentence: 'A part of the service is away; repeat with the same Idempotency-Key later.' },
} as const satisfies Record<string, ProblemKind>;
export type BaseProblem = keyof typeof BASE_PROBLEMS;

const EVERY_SERVICE = 'all';
const known = new Map<string, CatalogueEntry>(
  Object.entries(BASE_PROBLEMS).map(([code, kind]) => [code, { ...kind, code, services: [EVERY_SERVICE] }]),
);

/**
 * Makes the refusals of a service known. Two services may share a code (`place_not_found`) where it means the same:
 * another status or advice under one code is a mistake that stops the start.
 */
export function registerRefusals(service: string, refusals: RefusalCatalogue): void {
  for (const [code, refusal] of Object.entries(refusals)) {
    const before = known.get(code);
    if (before && (before.status !== refusal.status || before.retryable !== refusal.retryable)) {
      throw new AssertionFault(`refusal ${code} of ${service} has another status in ${before.services.join(', ')}`);
    }
    const services = [...new Set([...(before?.services ?? []), service])];
    known.set(code, { ...(before ?? refusal), code, services });
  }
}

export const problemKind = (code: string): CatalogueEntry | undefined => known.get(code);

/** In the order of precedence: ours first, then each service's as it registered them. */
export const problemCatalogue = (): CatalogueEntry[] => [...known.values()];

/** `claim_too_late` -> `Claim too late`. */
export const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');
