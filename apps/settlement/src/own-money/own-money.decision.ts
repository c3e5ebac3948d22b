// What the operator may take out of a custody account, and what it has to pay in. Its own money is what it earned there less what it cost
// and what it took out; what of it nobody has paid yet, is on its way out, or the bank does not have, stays.
import { cents, reject, toWire, type Cents, type PayeeId, type Rejected } from '#libs/kernel';
import type { Purpose } from '../payment-source.decision.js';
import type { RefusalCode } from '../refusals.js';

/** Of payers, by the last control totals of issuance that arrived. */
export type Told = Readonly<{ number: number; cutAt: Date }>;
export type OwnMoney = Readonly<{
  /** Below zero: the operator's costs are above what it earned. */
  own: bigint;
  /** What of it stays. */
  bound: bigint;
  told: Told | undefined;
}>;

const HOUR_MS = 3_600_000;

export const shortfallOf = ({ own }: Pick<OwnMoney, 'own'>): Cents => cents(own < 0n ? -own : 0n);
export const takeableOf = ({ own, bound }: Pick<OwnMoney, 'own' | 'bound'>): Cents => cents(own > bound ? own - bound : 0n);

export type Taking = Readonly<{ operator: PayeeId | undefined; amount: Cents; money: OwnMoney; at: Date; toldHoursMax: number }>;

/** Asked when a run of fees is made, and again when it is released. */
export function decideTaking({ operator, amount, money, at, toldHoursMax }: Taking): Readonly<{ kind: 'own'; operator: PayeeId }> | Rejected<RefusalCode> {
  if (operator === undefined) return reject('operator_unknown');
  const { told } = money;
  if (!told || told.cutAt.getTime() < at.getTime() - toldHoursMax * HOUR_MS) {
    return reject('own_money_untold', { toldAt: told?.cutAt.toISOString() ?? 'never' });
  }
  const takeable = takeableOf(money);
  if (amount > takeable) return reject('own_money_short', { amountCents: toWire(amount), takeableCents: toWire(takeable) });
  return { kind: 'own', operator };
}

export type Leaving = Readonly<{ purpose: Purpose; amount: Cents }>;

/** Of a run that is about to leave, whatever it pays: others' money does not stand for the operator's costs. */
export function decideLeaving(
  { purpose, amount }: Leaving, taking: Omit<Taking, 'amount'>,
): Readonly<{ kind: 'may_leave' }> | Rejected<RefusalCode> {
  const shortfall = shortfallOf(taking.money);
  if (shortfall > 0n) return reject('own_money_negative', { shortfallCents: toWire(shortfall) });
  if (purpose !== 'fees') return { kind: 'may_leave' };
  const taken = decideTaking({ ...taking, amount });
  return taken.kind === 'own' ? { kind: 'may_leave' } : taken;
}
