// What every route without an account asks before it does anything: may whoever sits there ask now? And notes after, what it was told.
// Guessing codes stays as hopeless here as at a till: the counts are the tills', kept by the database, whatever becomes of a cache.
import type { FastifyRequest } from 'fastify';
import { clientAddress, Problem } from '#libs/http';
import { isRejected, reject } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import type { Citizen, TillLimits } from '../till-limits/till-limits.js';
import { addressIdOf } from './address.js';

/** Who is told this may be guessing. */
const GUESS = 'voucher_not_found' satisfies RefusalCode;

export class CitizenGuard {
  constructor(private readonly limits: TillLimits, private readonly key: Uint8Array) {}

  /** Throws a 429 Problem before anything is asked. `cost`: of the address's questions. What `ask` throws was a question, too. */
  async around<Told>(request: FastifyRequest, cost: number, ask: () => Promise<Told>): Promise<Told> {
    const citizen: Citizen = { addressId: addressIdOf(this.key, clientAddress(request)) };
    const retryAfterSeconds = this.limits.secondsToWait(citizen);
    if (retryAfterSeconds > 0) throw new Problem(reject('too_many_questions' satisfies RefusalCode, { retryAfterSeconds }));
    // Counted before the answer, so that a hundred at once are a hundred.
    this.limits.count(citizen, { refused: cost, unknown: 0 });
    const told = await ask();
    if (isRejected(told) && told.code === GUESS) this.limits.count(citizen, { refused: 1, unknown: 1 });
    return told;
  }
}
