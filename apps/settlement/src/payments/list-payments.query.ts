import { Query } from '@nestjs/cqrs';
import type { Cents, Id, PayeeId, PaymentId } from '#libs/kernel';
import type { Purpose, Rail } from '../payment-source.decision.js';

export const PAYMENT_STATES = ['instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled'] as const;

export type ListedPayment = Readonly<{
  id: PaymentId;
  runId: Id<'settlementRun'>;
  rail: Rail;
  purpose: Purpose;
  payeeId: PayeeId;
  legalName: string | null;
  iban: string | null;
  stripeAccountId: string | null;
  /** Of the account that it goes to. */
  bankVersion: number;
  amount: Cents;
  endToEndId: string;
  /** What Stripe calls it, once we know that it was made. */
  stripeTransferId: string | null;
  state: (typeof PAYMENT_STATES)[number];
  bookedOn: string | null;
  returnedOn: string | null;
  rejectedAt: Date | null;
  /** Of the return or the rejection. */
  reasonCode: string | null;
}>;

export type PaymentFilter = Readonly<{
  before: PaymentId | null; rowsMax: number; state: ListedPayment['state'] | null; runId: Id<'settlementRun'> | null; payeeId: PayeeId | null;
}>;

export class ListPayments extends Query<readonly ListedPayment[]> {
  constructor(readonly filter: PaymentFilter) { super(); }
}
