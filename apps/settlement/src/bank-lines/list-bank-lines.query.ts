import { Query } from '@nestjs/cqrs';
import type { BankAccountId, BankLineId, OrderId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';

export const LINE_KINDS = [
  'payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'gift', 'payment_debit', 'bank_charge', 'unknown_credit', 'unknown_debit',
  'zero',
] as const;

export type ListedBankLine = Readonly<{
  id: BankLineId;
  bankAccountId: BankAccountId;
  kind: (typeof LINE_KINDS)[number];
  finding: string | null;
  side: 'credit' | 'debit';
  amountCents: bigint;
  bookedOn: Date;
  references: readonly string[];
  endToEndId: string | null;
  /** Both are empty where the bank told none. */
  counterparty: string;
  remittance: string;
  reasonCode: string | null;
  bankCode: string | null;
  statementRef: string;
  /** What a person, or the payout that it brought, made of an unknown credit. */
  identifiedAs: 'payer_receipt' | 'psp_payout' | 'debit_note' | 'place_invoice' | 'gift' | 'paid_in' | null;
  waits: 'yes' | 'no';
  matches: readonly Readonly<{ orderId: OrderId; amountCents: number }>[];
}>;

export class ListBankLines extends Query<ListingPage<ListedBankLine>> {
  constructor(readonly asked: ListingQuery) { super(); }
}
