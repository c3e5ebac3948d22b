// Where the money of a payment comes from, and goes back to when the bank does not keep it: what a place is owed by its statements, what is
// to be given back, to payers or to the senders of credits that were not ours, what the commons give, a place's due that is paid
// early, or what is the operator's own.
import { STATEMENTS_PER_PAYMENT_MAX } from '#libs/contracts';
import { assert, plus, ZERO, type AllocationId, type BankLineId, type Cents, type EarlyPaymentId, type PayeeId, type PayerId, type RefundId, type StatementId } from '#libs/kernel';
import { accounts, type Account } from '#libs/ledger';

export const PURPOSES = ['place', 'refund', 'commons', 'fees', 'early'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How the money of a run leaves: by a file for the bank, or by transfers out of the balance at Stripe. */
export const RAILS = ['sepa', 'stripe'] as const;
export type Rail = (typeof RAILS)[number];

/** To a payer, or, where that is null, to the sender of a bank line. */
export type PaidRefund = Readonly<{ refundId: RefundId; payerId: PayerId | null; bankLineId?: BankLineId | null; amount: Cents }>;
export type PaidAllocation = Readonly<{ allocationId: AllocationId; amount: Cents }>;
export type SourcedPayment = Readonly<{ purpose: Purpose; payeeId: PayeeId; amount: Cents; refunds: readonly PaidRefund[] }>;
export type PaymentSource = Readonly<{ account: Account; amount: Cents }>;

/**
 * One per payer or credit: a legal body may be registered as several payers. They add up to the payment. Fees are owed to nobody: the
 * operator's money is on its way between two accounts of its own. What is paid early stands against its
 * payee until a statement is paid less.
 */
export function sourcesOf({ purpose, payeeId, amount, refunds }: SourcedPayment): PaymentSource[] {
  if (purpose === 'place') return [{ account: accounts.settlement.payable(payeeId), amount }];
  if (purpose === 'commons') return [{ account: accounts.settlement.allocated(payeeId), amount }];
  if (purpose === 'early') return [{ account: accounts.settlement.advance(payeeId), amount }];
  if (purpose === 'fees') return [{ account: accounts.settlement.cashInTransit, amount }];
  const byAccount = new Map<Account, Cents>();
  for (const refund of refunds) byAccount.set(owedIn(refund), plus(byAccount.get(owedIn(refund)) ?? ZERO, refund.amount));
  return [...byAccount].map(([account, part]) => ({ account, amount: part }));
}

function owedIn({ refundId, payerId, bankLineId }: PaidRefund): Account {
  if (payerId !== null) return accounts.settlement.refundPayable(payerId);
  assert(bankLineId, `refund ${refundId} is of no payer and of no credit`);
  return accounts.settlement.refundPayableToSender(bankLineId);
}

/** What the bank's answers tell of the statements of a payment: all of them or none, for a part of them would mislead. */
export const toldStatements = (statementIds: readonly StatementId[] = []): { statementIds?: StatementId[] } =>
  (statementIds.length > 0 && statementIds.length <= STATEMENTS_PER_PAYMENT_MAX ? { statementIds: [...statementIds] } : {});

/** The same of allocations, of which no payment has more than a message may name. */
export const toldAllocations = (allocationIds: readonly AllocationId[] = []): { allocationIds?: AllocationId[] } =>
  (allocationIds.length > 0 ? { allocationIds: [...allocationIds] } : {});

/** And of early payments. */
export const toldEarlyPayments = (earlyPaymentIds: readonly EarlyPaymentId[] = []): { earlyPaymentIds?: EarlyPaymentId[] } =>
  (earlyPaymentIds.length > 0 ? { earlyPaymentIds: [...earlyPaymentIds] } : {});
