import { Query } from '@nestjs/cqrs';
import type { Id, PayeeId, PaymentId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Purpose, Rail } from '../payment-source.decision.js';

export const PAYMENT_STATES = ['instructed', 'released', 'booked', 'returned', 'rejected', 'cancelled'] as const;
/**
 * What became of what a returned or rejected payment paid. `owed`: some of it is in no later payment. `failed_again`: the later one came
 * back too, and tells the rest itself. `nothing_left`: it was set off, is disputed, or is the operator's own again.
 */
export const PAID_AGAIN = ['owed', 'failed_again', 'ordered', 'paid', 'nothing_left'] as const;

export type ListedPayment = Readonly<{
  id: PaymentId;
  runId: Id<'settlementRun'>;
  createdAt: Date;
  rail: Rail;
  purpose: Purpose;
  payeeId: PayeeId;
  /** Empty where it is not known. */
  legalName: string;
  iban: string | null;
  stripeAccountId: string | null;
  /** Of the account that it goes to. */
  bankVersion: number;
  amountCents: bigint;
  endToEndId: string;
  /** What Stripe calls it, once we know that it was made. */
  stripeTransferId: string | null;
  state: (typeof PAYMENT_STATES)[number];
  bookedOn: Date | null;
  returnedOn: Date | null;
  rejectedAt: Date | null;
  /** Of the return or the rejection. */
  reasonCode: string | null;
  /** Null of a payment that was neither returned nor rejected. */
  paidAgain: (typeof PAID_AGAIN)[number] | null;
  /** What of it is in no later payment. */
  leftCents: bigint;
  /** The latest payment that has some of it, and its run. */
  againPaymentId: PaymentId | null;
  againRunId: Id<'settlementRun'> | null;
}>;

export class ListPayments extends Query<ListingPage<ListedPayment>> {
  constructor(readonly asked: ListingQuery) { super(); }
}
