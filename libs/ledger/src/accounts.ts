// The chart of accounts: which accounts exist in which service, on which side they stand, and which may never go
// below zero. An account is a text `kind:key[:key]`; its kind decides everything.
import type { BankAccountId, BankLineId, BatchId, OrderId, PayeeId, PayerId, PaymentId, ProgrammeId } from '#libs/kernel';

export type Ledger = 'issuance' | 'redemption' | 'settlement';
export type Side = 'debit' | 'credit';
export type AccountClass = 'asset' | 'liability' | 'own' | 'clearing';
export type Account = string & { readonly __account: true };

export type AccountKind = Readonly<{
  ledger: Ledger;
  kind: string;
  class: AccountClass;
  /** The side on which a balance of this account is positive; clearing accounts may stand on either. */
  normal: Side | 'either';
  /** The database keeps a balance row for it, locked and checked >= 0 in the transaction that posts. */
  guarded: boolean;
  /** French chart of accounts; a hint only, an accountant decides. */
  pcg: string;
}>;

const kind = (ledger: Ledger, name: string, cls: AccountClass, normal: Side | 'either', pcg: string): AccountKind =>
  ({ ledger, kind: name, class: cls, normal, guarded: false, pcg });
/** A debt that may never turn into its opposite. */
const guarded = (ledger: Ledger, name: string, pcg: string): AccountKind =>
  ({ ...kind(ledger, name, 'liability', 'credit', pcg), guarded: true });

export const CHART: readonly AccountKind[] = [
  kind('issuance', 'receivable', 'asset', 'debit', '411'),
  guarded('issuance', 'unmatched', '471'),
  guarded('issuance', 'prefund', '4191'),
  guarded('issuance', 'expired', '467'),
  guarded('issuance', 'refund_due', '4198'),
  kind('issuance', 'fee_income', 'own', 'credit', '706'),
  kind('issuance', 'vat_collected', 'own', 'credit', '44571'),
  kind('issuance', 'losses', 'own', 'debit', '654'),
  kind('issuance', 'clearing', 'clearing', 'either', '18'),
  // Not guarded: every redemption of a batch would queue for one row. L3 holds it to the sum of voucher balances.
  kind('redemption', 'outstanding', 'liability', 'credit', '467'),
  kind('redemption', 'clearing', 'clearing', 'either', '18'),
  kind('settlement', 'bank', 'asset', 'debit', '512'),
  kind('settlement', 'psp', 'asset', 'debit', '517'),
  kind('settlement', 'cash_in_transit', 'asset', 'debit', '58'),
  guarded('settlement', 'bank_unknown', '471'),
  kind('settlement', 'accrued', 'liability', 'credit', '408'), // may stand on the debit side after an incident
  guarded('settlement', 'held', '467'),
  guarded('settlement', 'payable', '467'),
  guarded('settlement', 'allocated', '467'),
  guarded('settlement', 'refund_payable', '467'),
  guarded('settlement', 'transit', '58'),
  guarded('settlement', 'commons', '467'),
  guarded('settlement', 'commons_lent', '467'),
  kind('settlement', 'advance', 'asset', 'debit', '4091'),
  kind('settlement', 'place_receivable', 'asset', 'debit', '411'),
  kind('settlement', 'fee_income', 'own', 'credit', '706'),
  kind('settlement', 'vat_collected', 'own', 'credit', '44571'),
  kind('settlement', 'psp_fees', 'own', 'debit', '627'),
  kind('settlement', 'bank_fees', 'own', 'debit', '627'),
  kind('settlement', 'gestures', 'own', 'debit', '6718'),
  kind('settlement', 'losses', 'own', 'debit', '654'),
  kind('settlement', 'clearing', 'clearing', 'either', '18'),
];

const account = (text: string) => text as Account;

/** Every account has one way to be written; nothing else in the code spells an account. */
export const accounts = {
  clearing: (other: Ledger) => account(`clearing:${other}`),
  issuance: {
    unmatched: account('unmatched'),
    receivable: (payer: PayerId) => account(`receivable:${payer}`),
    prefund: (programme: ProgrammeId, payer: PayerId) => account(`prefund:${programme}:${payer}`),
    expired: (order: OrderId) => account(`expired:${order}`),
    refundDue: (payer: PayerId) => account(`refund_due:${payer}`),
    feeIncome: account('fee_income'),
    vatCollected: account('vat_collected'),
  },
  redemption: {
    outstanding: (batch: BatchId) => account(`outstanding:${batch}`),
  },
  settlement: {
    bank: (bankAccount: BankAccountId) => account(`bank:${bankAccount}`),
    /** The operator's own bank, by the payee that it is: what it took out less what it paid in. No statement of it is read. */
    bankOfOperator: (operator: PayeeId) => account(`bank:${operator}`),
    bankUnknown: account('bank_unknown'),
    psp: account('psp'),
    cashInTransit: account('cash_in_transit'),
    accrued: (payee: PayeeId) => account(`accrued:${payee}`),
    held: (payee: PayeeId) => account(`held:${payee}`),
    payable: (payee: PayeeId) => account(`payable:${payee}`),
    allocated: (payee: PayeeId) => account(`allocated:${payee}`),
    transit: (payment: PaymentId) => account(`transit:${payment}`),
    refundPayable: (payer: PayerId) => account(`refund_payable:${payer}`),
    /** Of a bank credit that was not ours: nobody knows its sender but by the line that brought it. */
    refundPayableToSender: (bankLine: BankLineId) => account(`refund_payable:${bankLine}`),
    commons: (pool: string) => account(`commons:${pool}`),
    /** Set aside for early payments, until they are netted or lapse. */
    commonsLent: (pool: string) => account(`commons_lent:${pool}`),
    advance: (payee: PayeeId) => account(`advance:${payee}`),
    placeReceivable: (payee: PayeeId) => account(`place_receivable:${payee}`),
    feeIncome: account('fee_income'),
    vatCollected: account('vat_collected'),
    pspFees: account('psp_fees'),
    bankFees: account('bank_fees'),
    gestures: account('gestures'),
    losses: account('losses'),
  },
} as const;

/** `payable:0190…` -> `payable`. */
export const kindOf = (text: string): string => text.split(':', 1)[0] ?? '';

export function chartOf(ledger: Ledger): AccountKind[] {
  return CHART.filter((entry) => entry.ledger === ledger);
}
