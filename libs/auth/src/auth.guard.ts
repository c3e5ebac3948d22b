// The one door. Nest runs it before every controller; a route outside of Nest calls `admit` itself.
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { AuthRefused } from './auth-refused.js';
import { mandateRefusal } from './mandate.js';
import type { KeyScope, Principal } from './principal.js';
import { CLOCK_TOLERANCE_SECONDS, type TokenVerifier } from './token-verifier.js';
import { asksFreshSecondFactor, keyScopeOf, looksUp, mandateRuleOf, whoMay, type Who } from './who.js';

/** `askedByKey`: whose key it was, for the log of its organisation; also where it was then refused. */
type Request = { method?: string; headers: Record<string, unknown>; caller?: Principal; askedByKey?: AskedByKey };
export type AskedByKey = Readonly<{ keyId: string; partyId: string }>;
/** What a route says of itself at the door. */
export type Door = Readonly<{ who: Who; keyScope?: KeyScope | undefined; /** A POST that changes nothing. */ looksUp?: boolean }>;
type Log = { error(fields: object, message: string): void };

/** How long a proof of the second factor opens what asks for a fresh one: long enough to read a run, and to come back from a refusal. */
export const SECOND_FACTOR_FRESH_SECONDS = 600;

/** What is not known to change nothing is taken to change something. */
const READS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);
const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i;

/** The caller, or undefined where anyone may call. Throws AuthRefused or IdentityUnavailable. */
export async function admit(
  verifier: TokenVerifier, request: object, { who, keyScope, looksUp = false }: Door,
): Promise<Principal | undefined> {
  if (who === 'anyone') return undefined;
  const authorization = (request as Request).headers['authorization'];
  if (authorization === undefined) throw new AuthRefused('token_missing');
  const token = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
  if (!token) throw new AuthRefused('token_invalid');
  const caller = await verifier.verify(token);
  if (caller.impersonation && !looksUp && !READS.has((request as Request).method)) throw new AuthRefused('impersonation_reads_only');
  if (caller.key) admitKey(verifier, request, caller, keyScope);
  if (!caller.roles.some((role) => who.includes(role))) throw new AuthRefused('role_missing');
  return caller;
}

/** Closed unless the route says otherwise: a key has what was ticked for it, and not what its organisation may do. */
function admitKey({ keyRates }: TokenVerifier, request: object, { key, partyId }: Principal, keyScope: KeyScope | undefined): void {
  const retryAfterSeconds = keyRates.count(key!.keyId, partyId!);
  if (retryAfterSeconds !== undefined) throw new AuthRefused('too_many_requests', { retryAfterSeconds });
  // After the count: a program that loops must not fill the log of its organisation.
  noteKey(request, { keyId: key!.keyId, partyId: partyId! });
  if (keyScope === undefined || !key!.scopes.includes(keyScope)) throw new AuthRefused('key_scope_missing');
}

/** So that the request stands in the log of the key's organisation, whatever becomes of it. */
export function noteKey(request: object, asked: AskedByKey): void {
  (request as Request).askedByKey = asked;
}

export const askedByKeyOf = (request: object): AskedByKey | undefined => (request as Request).askedByKey;

/** Real time, as the token's own end is judged by. A proof of the future is of another clock, and proves nothing. */
function isFresh({ secondFactorTime }: Principal, nowMs: number): boolean {
  if (secondFactorTime === null) return false;
  const ageSeconds = nowMs / 1_000 - secondFactorTime;
  return ageSeconds <= SECOND_FACTOR_FRESH_SECONDS && ageSeconds >= -CLOCK_TOLERANCE_SECONDS;
}

/** Installed once for the whole app (`secureApp` of libs/http). */
export class AuthGuard implements CanActivate {
  constructor(
    private readonly verifier: TokenVerifier, private readonly log: Log, private readonly nowMs: () => number = Date.now,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    const who = whoMay(handler);
    if (!who) {
      this.log.error({ route: `${context.getClass().name}.${handler.name}` }, 'a route does not say who may call it: refused');
      throw new AuthRefused('route_closed');
    }
    const request = context.switchToHttp().getRequest<Request>();
    const caller = await admit(this.verifier, request, { who, keyScope: keyScopeOf(handler), looksUp: looksUp(handler) });
    const refusal = caller && mandateRefusal(caller, mandateRuleOf(handler));
    if (refusal) throw new AuthRefused(refusal);
    if (asksFreshSecondFactor(handler) && !(caller && isFresh(caller, this.nowMs()))) throw new AuthRefused('second_factor_stale');
    if (caller) request.caller = caller;
    return true;
  }
}

/** The caller that the guard admitted; undefined on a route that is open to anyone. */
export const callerOf = (request: object): Principal | undefined => (request as Request).caller;
