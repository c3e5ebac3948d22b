// What ended in the last minutes, as identity tells it: a token that names any of it is refused, although its own time is not up.
// Asked for when a token is looked at and the last answer is some seconds old. There is no timer to stop, and an idle service asks nothing.
import { z } from 'zod';
import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { REVOCATIONS_AUDIENCE, REVOCATIONS_TYPE, TOKEN_ALGORITHM, TOKEN_ISSUER } from './claims.js';

/** From this age on the list is asked for again, beside the request at hand. */
export const LIST_FRESH_MS = 2_000;
/** From this age on the request waits for the new list: no decision is made by an older one while identity answers. */
export const LIST_OLD_MS = 5_000;
/** A request waits so long and no longer. Where identity is away the token is judged by the list of before: see ADR 0067. */
const ASK_TIMEOUT_MS = 1_000;

const answer = z.object({ list: z.string().max(1_000_000) });
const claims = z.object({ ids: z.array(z.uuid()) });

export class Revocations {
  private ids: ReadonlySet<string> = new Set();
  private triedMs = Number.NEGATIVE_INFINITY;
  private readMs = Number.NEGATIVE_INFINITY;
  private asking: Promise<void> | undefined;

  constructor(private readonly ask: () => Promise<readonly string[]>, private readonly nowMs: () => number = () => performance.now()) {}

  static of(identityUrl: string, keys: JWTVerifyGetKey): Revocations {
    const url = new URL('/identity/revocations.json', identityUrl);
    return new Revocations(async () => {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
      const { list } = answer.parse(await response.json());
      const { payload } = await jwtVerify(list, keys, {
        algorithms: [TOKEN_ALGORITHM], issuer: TOKEN_ISSUER, audience: REVOCATIONS_AUDIENCE, typ: REVOCATIONS_TYPE, requiredClaims: ['exp', 'iat'],
      });
      return claims.parse(payload).ids;
    });
  }

  /** True when a token that stands on these must not count any more. */
  async name(endsWith: readonly string[]): Promise<boolean> {
    const now = this.nowMs();
    if (now - this.readMs >= LIST_FRESH_MS && now - this.triedMs >= LIST_FRESH_MS) this.refresh(now);
    if (this.asking && now - this.readMs >= LIST_OLD_MS) await this.asking;
    return endsWith.some((id) => this.ids.has(id));
  }

  /** One question at a time; what cannot be had leaves what is known. Nothing new can have ended where identity is away. */
  private refresh(now: number): void {
    this.triedMs = now;
    this.asking = this.ask()
      .then((ids) => { [this.ids, this.readMs] = [new Set(ids), now]; }, () => undefined)
      .finally(() => { this.asking = undefined; });
  }
}
