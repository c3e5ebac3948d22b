// What every route of a till asks before it does anything: may this caller try now? And tells after: what became of it. A route
// that is not Nest's calls it as one that is.
import type { Principal } from '#libs/auth';
import { Problem } from '#libs/http';
import { isRejected, reject } from '#libs/kernel';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import type { RefusalCode } from '../refusals.js';
import type { Till, TillLimits } from './till-limits.js';

export class TillGuard {
  constructor(private readonly limits: TillLimits) {}

  /** Throws a 403 Problem for a caller of no place, and 429 for one that was refused too often: before anything is stored. */
  admit(caller: Principal): Till {
    const till: Till = { placeId: placeOf(caller) };
    const retryAfterSeconds = this.limits.secondsToWait(till);
    if (retryAfterSeconds > 0) throw new Problem(reject('too_many_attempts' satisfies RefusalCode, { retryAfterSeconds }));
    return till;
  }

  /** The answers to one request, in any order. */
  note(till: Till, answers: readonly unknown[]): void {
    const refusals = answers.filter(isRejected);
    const unknown = refusals.filter(({ code }) => code === ('voucher_not_found' satisfies RefusalCode)).length;
    this.limits.count(till, { refused: refusals.length, unknown });
  }
}
