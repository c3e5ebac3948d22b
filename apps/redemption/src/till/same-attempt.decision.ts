// Does an attempt ask again for what was redeemed under its key? Pure.
import { isRejected, sum, ZERO } from '#libs/kernel';
import { NOTHING_DECLARED, type Attempt, type Declared, type Redemption } from '../redeem-voucher/redeem-voucher.decision.js';

type Asked = Pick<Attempt, 'placeId' | 'serviceDate' | 'amount' | 'coPayment' | 'declared'>;

/** An amount left out means the face, which only a unit voucher has as its amount. Whose voucher it is, the caller has looked at. */
export const isSame = (attempt: Asked, done: Redemption, unit: boolean): boolean =>
  done.placeId === attempt.placeId && done.serviceDate === attempt.serviceDate && done.coPayment === attempt.coPayment
  && isSameService(done.declared, attempt.declared ?? NOTHING_DECLARED)
  && (attempt.amount === undefined ? unit : attempt.amount === done.amount);

/** What was redeemed under the keys of one request for one participation, the one that speaks for it first; undefined: nothing was. */
export type PaidWith = readonly (Redemption | undefined)[];

/** Paid with as many others, and as much beside. */
export function isPaidAlike({ id, beside = ZERO, participationOf }: Redemption, [lead, ...others]: PaidWith): boolean {
  if (id !== lead?.id) return participationOf === lead?.id;
  return participationOf === undefined && beside === sum(others.map((other) => other?.amount ?? ZERO));
}

const isSameService = (a: Declared, b: Declared): boolean =>
  a.sessionId === b.sessionId && a.service === b.service && a.durationMinutes === b.durationMinutes
  && a.participants === b.participants && a.firstVisit === b.firstVisit;

/** The answer to a key under which something else was asked before. */
export const isOfAnother = (answer: object): boolean => isRejected(answer) && answer.code === 'idempotency_key_reused';
