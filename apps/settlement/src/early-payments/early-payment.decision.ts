// Whether the commons pay a part of what is due before its statement: an instalment on a debt that exists, never a loan (code monétaire et
// financier, L.511-5). Under the lock of the payee, and of the pool.
import { cents, minus, rateOf, reject, sum, toWire, ZERO, type BankAccountId, type Cents, type PayeeId, type ProgrammeId, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { EarlyPaymentTerms } from '../early-payment-rules/early-payment-rule.decision.js';
import type { RefusalCode } from '../refusals.js';

type Refused = Rejected<RefusalCode>;

/** What the lines of a programme would be paid now, in no statement and not held; below zero after an incident. */
export type DueOfProgramme = Readonly<{ programmeId: ProgrammeId; net: Cents; terms: EarlyPaymentTerms | undefined }>;
export type EarlyStanding = Readonly<{
  complete: boolean; isOperator: boolean; account: 'none' | 'blocked' | 'verified';
  /** A hold, a measure or a suspicion that nobody has decided. */
  underReview: boolean;
  /** Since its first statement, or the last finding about it. */
  months: number;
  redemptions: number;
  due: readonly DueOfProgramme[];
  /** What it owes itself, which its next statement is set off against. */
  owing: Cents;
  /** Set aside or paid early before, and not netted yet. */
  open: Cents;
  /** What the pool has on that custody account. */
  pool: bigint;
  /** Whose pool it is: it pays early what is due of its own programme. Null: the national one, which does of any. */
  poolOf: ProgrammeId | null;
}>;

export const dueOf = ({ due }: Pick<EarlyStanding, 'due'>): Cents => sum(due.map(({ net }) => net));

type Offered = DueOfProgramme & Readonly<{ terms: EarlyPaymentTerms }>;
const offered = ({ due, poolOf }: EarlyStanding): Offered[] =>
  due.filter((one): one is Offered =>
    (poolOf === null || one.programmeId === poolOf) && one.net > ZERO && one.terms !== undefined && one.terms.shareBasisPoints > 0);
const isKnownFor = ({ months, redemptions }: EarlyStanding) => ({ terms }: Offered): boolean =>
  months >= terms.monthsMin && redemptions >= terms.redemptionsMin;

const least = (...amounts: readonly Cents[]): Cents => amounts.reduce((min, one) => (one < min ? one : min));

/** The most that may be asked for now, before the pool is looked at: never more than is due, less what it owes and what is open. */
export function roomOf(standing: EarlyStanding): Cents {
  const shares = offered(standing).filter(isKnownFor(standing))
    .map(({ net, terms }) => least(net, rateOf(net, terms.shareBasisPoints), terms.ceiling));
  const room = minus(least(sum(shares), minus(dueOf(standing), standing.owing)), standing.open);
  return room > ZERO ? room : ZERO;
}

/** `standing` undefined: nobody knows the payee. */
export function decideEarlyPayment(
  amount: Cents, { bankAccount, standing }: Readonly<{ bankAccount: boolean; standing: EarlyStanding | undefined }>,
): Readonly<{ kind: 'set_aside'; due: Cents; openBefore: Cents }> | Refused {
  if (!bankAccount) return reject('bank_account_unknown');
  if (!standing) return reject('payee_unknown');
  if (standing.isOperator) return reject('early_payment_to_operator');
  if (!standing.complete) return reject('payee_incomplete');
  if (standing.account !== 'verified') return reject('early_payment_without_account', { account: standing.account });
  const programmes = offered(standing);
  if (programmes.length === 0) return reject('early_payment_not_offered');
  if (standing.underReview) return reject('early_payment_under_review');
  if (!programmes.some(isKnownFor(standing))) return reject('early_payment_history_short', { months: standing.months, redemptions: standing.redemptions });
  const room = roomOf(standing);
  if (amount > room) return reject('early_payment_too_much', { amountCents: toWire(amount), atMostCents: toWire(room) });
  if (amount > standing.pool) return reject('commons_short', { amountCents: toWire(amount), poolCents: Number(standing.pool) });
  return { kind: 'set_aside', due: dueOf(standing), openBefore: standing.open };
}

export type EarlyMoney = Readonly<{ pool: string; payeeId: PayeeId; custodyAccountId: BankAccountId }>;

/** Row 29, its beginning; the payment is rows 14 to 17. */
export const setAsidePosting = ({ pool, custodyAccountId }: EarlyMoney, amount: Cents): Posting => ({
  rule: '29', custodyAccountId, transfers: [transfer(accounts.settlement.commons(pool), accounts.settlement.commonsLent(pool), amount)],
});

const backToCommons = (pool: string, amount: Cents) =>
  transfer(accounts.settlement.commonsLent(pool), accounts.settlement.commons(pool), amount);

/** Row 29, its end: the statement is paid so much less, and the commons have it back. The transfer to the pool is the first of the two. */
export const nettedPosting = ({ pool, payeeId, custodyAccountId }: EarlyMoney, amount: Cents): Posting => ({
  rule: '29', custodyAccountId,
  transfers: [backToCommons(pool, amount), transfer(accounts.settlement.payable(payeeId), accounts.settlement.advance(payeeId), amount)],
});

/** Row 29, where nothing was paid before the statement closed. */
export const lapsedPosting = ({ pool, custodyAccountId }: EarlyMoney, amount: Cents): Posting =>
  ({ rule: '29', custodyAccountId, transfers: [backToCommons(pool, amount)] });

/** What may be paid now, for a page: nothing beyond the pool. */
export const offerOf = (standing: EarlyStanding): Cents => least(roomOf(standing), cents(standing.pool > 0n ? standing.pool : 0n));
