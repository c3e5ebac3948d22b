import { Query } from '@nestjs/cqrs';
import type { BankAccountId, BankLineId, Cents, OrderId } from '#libs/kernel';

export const LINE_KINDS = [
  'payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'payment_debit', 'bank_charge', 'unknown_credit', 'unknown_debit',
  'zero',
] as const;

export type ListedBankLine = Readonly<{
  id: BankLineId;
  bankAccountId: BankAccountId;
  kind: (typeof LINE_KINDS)[number];
  finding: string | null;
  side: 'credit' | 'debit';
  amount: Cents;
  bookedOn: string;
  references: readonly string[];
  endToEndId: string | null;
  counterparty: string | null;
  remittance: string | null;
  reasonCode: string | null;
  bankCode: string | null;
  statementRef: string;
  /** What a person, or the payout that it brought, made of an unknown credit. */
  identifiedAs: 'payer_receipt' | 'psp_payout' | 'debit_note' | null;
  matches: readonly Readonly<{ orderId: OrderId; amountCents: number }>[];
}>;

export type LineFilter = Readonly<{ before: BankLineId | null; rowsMax: number; kind: ListedBankLine['kind'] | null; bankAccountId: BankAccountId | null; bankLineId: BankLineId | null }>;

export class ListBankLines extends Query<readonly ListedBankLine[]> {
  constructor(readonly filter: LineFilter) { super(); }
}
