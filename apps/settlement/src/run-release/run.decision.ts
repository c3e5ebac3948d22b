// From draft to release: approved by somebody who neither made the run nor an account that it pays to, over the exact
// bytes; released once; cancelled only before. The database holds the same rules, for those who come around this code.
import { reject, sum, toWire, type BankAccountId, type PaymentId, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import { sourcesOf, type Purpose, type Rail, type SourcedPayment } from '../payment-source.decision.js';
import type { RefusalCode } from '../refusals.js';
import type { Breaker, TrippedBreaker } from '../settlement-runs/run-breakers.decision.js';
import { spendable, type StripeFunds } from '../stripe-transfers/stripe-funds.decision.js';

export type RunState = 'drafted' | 'approved' | 'released' | 'cancelled';
export type Run = Readonly<{
  state: RunState;
  rail: Rail;
  purpose: Purpose;
  bankAccountId: BankAccountId;
  sha256: string;
  createdBy: string;
  /** Who entered the accounts that the run pays to, and who approved those that no run paid to before. */
  accountPeople: readonly string[];
  /** Who asked for the early payments that it pays. */
  askers: readonly string[];
  approvals: readonly Readonly<{ userId: string; sha256: string; at: Date; breakers: readonly NamedBreaker[] }>[];
  payments: readonly RunPayment[];
}>;
export type RunPayment = SourcedPayment & Readonly<{
  paymentId: PaymentId;
  /** The account's version is blocked, or a later one was approved since the run was made. */
  accountChanged: boolean;
  /** It pays a place that was suspended or withdrawn since the run was made. */
  waits: boolean;
  /** It would pay early what was closed, undone or held since the run was made. */
  over: boolean;
}>;

/** `reason`: why an approver finds right what is unusual. */
export type NamedBreaker = Readonly<{ breaker: Breaker; reason: string }>;
export type Approver = Readonly<{ userId: string; sha256: string; reasons: readonly NamedBreaker[] }>;
export type ApprovalsNeeded = Readonly<{ usual: number; unusual: number }>;

type Refused = Rejected<RefusalCode>;

const past = ({ state }: Run): Refused | undefined =>
  state === 'cancelled' ? reject('run_cancelled') : state === 'released' ? reject('run_released') : undefined;

/** `complete`: nobody else has to approve. Approvers name what is tripped when they approve, whoever named it before them. */
export function decideApproval(
  run: Run | undefined, by: Approver, tripped: readonly TrippedBreaker[], needed: ApprovalsNeeded,
): Readonly<{ kind: 'approved'; complete: boolean; breakers: readonly (NamedBreaker & TrippedBreaker)[] }> | Refused {
  if (!run) return reject('run_unknown');
  const over = past(run);
  if (over) return over;
  if (run.createdBy === by.userId) return reject('approver_is_creator');
  if (run.accountPeople.includes(by.userId)) return reject('approver_changed_iban');
  if (run.askers.includes(by.userId)) return reject('approver_asked_for_it');
  if (run.approvals.some(({ userId }) => userId === by.userId)) return reject('run_approved_by_you');
  if (run.sha256 !== by.sha256) return reject('file_hash_differs');
  const named = tripped.flatMap((one) => {
    const given = by.reasons.find(({ breaker }) => breaker === one.breaker);
    return given ? [{ ...one, reason: given.reason }] : [];
  });
  if (named.length < tripped.length) return reject('breaker_tripped', detailsOf(tripped));
  const isUnusual = tripped.length > 0 || hasBreakers(run);
  return { kind: 'approved', breakers: named, complete: run.approvals.length + 1 >= (isUnusual ? needed.unusual : needed.usual) };
}

/** Their names and, by the side of them, all their figures. */
const detailsOf = (tripped: readonly TrippedBreaker[]) =>
  ({ breakers: tripped.map(({ breaker }) => breaker).join(' '), ...Object.fromEntries(tripped.flatMap(({ figures }) => Object.entries(figures))) });

const hasBreakers = ({ approvals }: Run): boolean => approvals.some(({ breakers }) => breakers.length > 0);

/** `funds`: what is at Stripe, for a run that is paid from there; undefined when this installation does not speak with Stripe. */
export function decideRelease(
  run: Run | undefined, needed: ApprovalsNeeded, funds: StripeFunds | undefined,
): Readonly<{ kind: 'released'; posting: Posting }> | Refused {
  if (!run) return reject('run_unknown');
  const over = past(run);
  if (over) return over;
  const approvals = run.approvals.filter(({ sha256 }) => sha256 === run.sha256);
  const approvalsNeeded = hasBreakers(run) ? needed.unusual : needed.usual;
  if (approvals.length < approvalsNeeded) return reject('run_not_approved', { approvals: approvals.length, approvalsNeeded });
  const changed = run.payments.filter(({ accountChanged }) => accountChanged);
  if (changed.length > 0) return reject('payee_bank_account_changed', { payments: changed.length, payeeId: changed[0]!.payeeId });
  const waiting = run.payments.filter(({ waits }) => waits);
  if (waiting.length > 0) return reject('payment_waits', { payments: waiting.length, payeeId: waiting[0]!.payeeId });
  const gone = run.payments.filter((payment) => payment.over);
  if (gone.length > 0) return reject('early_payment_over', { payments: gone.length, payeeId: gone[0]!.payeeId });
  return againstFunds(run, funds) ?? { kind: 'released', posting: releasePosting(run) };
}

/** The bank says no by itself; Stripe too, but transfer by transfer, and a run goes whole or waits. */
function againstFunds({ rail, payments }: Run, funds: StripeFunds | undefined): Refused | undefined {
  if (rail === 'sepa') return undefined;
  if (!funds) return reject('card_payments_off');
  const [amount, left] = [sum(payments.map((payment) => payment.amount)), spendable(funds)];
  return amount > left ? reject('stripe_balance_short', { amountCents: toWire(amount), spendableCents: Number(left) }) : undefined;
}

export function decideCancellation(run: Run | undefined): { kind: 'cancelled' } | Refused {
  if (!run) return reject('run_unknown');
  return past(run) ?? { kind: 'cancelled' };
}

/** Row 14. In the order of what they are paid from, so that two releases lock those balances in one order. */
function releasePosting({ bankAccountId, payments }: Run): Posting {
  const drawn = payments.flatMap((payment) => sourcesOf(payment).map((source) => ({ ...source, paymentId: payment.paymentId })));
  const inLockOrder = drawn.sort((a, b) => (a.account < b.account ? -1 : 1));
  return {
    rule: '14', custodyAccountId: bankAccountId,
    transfers: inLockOrder.map(({ account, paymentId, amount }) => transfer(account, accounts.settlement.transit(paymentId), amount)),
  };
}
