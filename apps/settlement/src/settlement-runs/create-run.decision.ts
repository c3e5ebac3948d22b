// Whom a run pays: every payee with unpaid statements, refunds, allocations of the commons or dues to be paid early, and a bank account
// that two people stand behind; or the operator, what it asked for of its own. The others are left out by name and reason; nobody is left
// out in silence.
import {
  reject, sum, ZERO, type BankAccountId, type Cents, type DestinationId, type EarlyPaymentId, type LocalDate, type PayeeId, type Rejected,
  type StatementId,
} from '#libs/kernel';
import type { PaidAllocation, PaidRefund, Rail } from '../payment-source.decision.js';
import { waitsUntil } from '../payee-bank-accounts/cooling-off.decision.js';
import type { RefusalCode } from '../refusals.js';

type PaidTo = Readonly<{
  version: number; blocked: boolean;
  /** Since when money goes there and not where it went before; null for a first account. */
  changedAt: Date | null;
}>;
export type PayeeAccount = PaidTo & Readonly<{ rail: 'sepa'; id: BankAccountId; iban: string; bic: string | null; holder: string }>;
export type PayeeDestination = PaidTo & Readonly<{ rail: 'stripe'; id: DestinationId; stripeAccountId: string }>;

/** What a payee is owed on one bank account of ours, or, being the operator, asks for: a run has one purpose. */
export type Owed<Account extends PaidTo = PayeeAccount> = Readonly<{
  payeeId: PayeeId;
  legalName: string | null;
  /** `waits`: it pays a place that was suspended or withdrawn since, and nobody has looked at it. */
  statements: readonly Readonly<{ id: StatementId; net: Cents; waits?: boolean }>[];
  refunds: readonly PaidRefund[];
  allocations?: readonly PaidAllocation[];
  /** `waits`: asked for before a place of the payee was suspended or withdrawn. */
  early?: readonly Readonly<{ earlyPaymentId: EarlyPaymentId; amount: Cents; waits?: boolean }>[];
  fees?: Cents;
  /** The latest approved version; a later proposal is not paid to. */
  account: Account | null;
}>;

export const LEFT_OUT_REASONS = [
  'place_suspended', 'payee_incomplete', 'bank_account_missing', 'bank_account_blocked', 'destination_missing', 'destination_blocked', 'cooling_off',
  'run_full',
] as const;
export type Reason = (typeof LEFT_OUT_REASONS)[number];
export type LeftOut = Readonly<{ payeeId: PayeeId; legalName: string | null; amount: Cents; reason: Reason }>;
export type Payable<Account extends PaidTo = PayeeAccount> = Owed<Account> & Readonly<{ account: Account; amount: Cents }>;
export type DecidedRun<Account extends PaidTo = PayeeAccount> = Readonly<{
  kind: 'created'; payments: readonly Payable<Account>[]; leftOut: readonly LeftOut[]; amount: Cents;
}>;

export type RunConditions = Readonly<{
  rail: Rail;
  /** False when the account to pay from is none of ours. */
  bankAccount: boolean;
  today: LocalDate;
  executionOn: LocalDate;
  at: Date;
  coolingOffHours: number;
  paymentsMax: number;
}>;

/** Transfers are made out of the balance at Stripe, which is cover of the custody account that Stripe pays out to, and of no other. */
export function decideStripeSource(bankAccountId: BankAccountId, connected: BankAccountId | undefined): { kind: 'spendable' } | Rejected<RefusalCode> {
  if (connected === undefined) return reject('stripe_account_missing');
  return connected === bankAccountId ? { kind: 'spendable' } : reject('bank_account_not_at_stripe');
}

export function decideRun<Account extends PaidTo>(
  owed: readonly Owed<Account>[], conditions: RunConditions,
): DecidedRun<Account> | Rejected<RefusalCode> {
  if (!conditions.bankAccount) return reject('bank_account_unknown');
  if (conditions.executionOn < conditions.today) return reject('execution_day_past', { today: conditions.today });
  const payments: Payable<Account>[] = [];
  const leftOut: LeftOut[] = [];
  for (const all of owed) {
    const early = all.early ?? [];
    const waiting = [
      ...all.statements.filter(({ waits }) => waits).map(({ net }) => net),
      ...early.filter(({ waits }) => waits).map(({ amount }) => amount),
    ];
    const one = {
      ...all, statements: all.statements.filter(({ waits }) => !waits), ...(all.early && { early: early.filter(({ waits }) => !waits) }),
    };
    const { payeeId, legalName } = all;
    if (waiting.length > 0) leftOut.push({ payeeId, legalName, amount: sum(waiting), reason: 'place_suspended' });
    const amount = amountOf(one);
    if (amount === ZERO) continue;
    const reason = reasonAgainst(one, conditions) ?? (payments.length >= conditions.paymentsMax ? 'run_full' : undefined);
    if (reason || !one.account) leftOut.push({ payeeId, legalName, amount, reason: reason ?? MISSING[conditions.rail] });
    else payments.push({ ...one, account: one.account, amount });
  }
  if (payments.length === 0) return reject('nothing_to_pay', { leftOut: leftOut.length });
  return { kind: 'created', payments, leftOut, amount: sum(payments.map(({ amount }) => amount)) };
}

const amountOf = ({ statements, refunds, allocations = [], early = [], fees = ZERO }: Owed<PaidTo>): Cents =>
  sum([...statements.map(({ net }) => net), ...[...refunds, ...allocations, ...early].map(({ amount }) => amount), fees]);

const MISSING = { sepa: 'bank_account_missing', stripe: 'destination_missing' } as const satisfies Record<Rail, Reason>;
const BLOCKED = { sepa: 'bank_account_blocked', stripe: 'destination_blocked' } as const satisfies Record<Rail, Reason>;

function reasonAgainst({ legalName, account }: Owed<PaidTo>, { rail, at, coolingOffHours }: RunConditions): Reason | undefined {
  if (legalName === null) return 'payee_incomplete';
  if (!account) return MISSING[rail];
  if (account.blocked) return BLOCKED[rail];
  return waitsUntil(account.changedAt, coolingOffHours) > at ? 'cooling_off' : undefined;
}

/** 28 of the 30 characters that a bank's message id may have here: the run's id in base 36, so unique for ever. */
export const messageIdOf = (runId: string): string =>
  `MRU${BigInt(`0x${runId.replaceAll('-', '')}`).toString(36).toUpperCase().padStart(25, '0')}`;
