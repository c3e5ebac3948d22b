import { Command, Query } from '@nestjs/cqrs';
import type { BankCreditReleasedV1, BodyOf, RefundRequestedV1 } from '#libs/contracts';
import type { BankAccountId, BankLineId, PayeeId, PayerId, RefundId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Meta } from '#libs/persistence';

/** Issuance ordered money back to a payer: it is owed from here on. */
export class TakeRefund extends Command<void> {
  constructor(readonly refund: BodyOf<typeof RefundRequestedV1>, readonly eventId: string, readonly meta: Meta) { super(); }
}

/** Issuance found a credit to be nobody's: it is owed to the account that it came from. */
export class TakeReleasedCredit extends Command<void> {
  constructor(readonly release: BodyOf<typeof BankCreditReleasedV1>, readonly eventId: string, readonly meta: Meta) { super(); }
}

/** `asked` and `refunded`: by Stripe, back to the card that paid; `disputed`: not while that payment is taken back. */
export const REFUND_STATES = ['owed', 'disputed', 'instructed', 'released', 'booked', 'asked', 'refunded'] as const;
export type ListedRefund = Readonly<{
  id: RefundId; payerId: PayerId | null; bankLineId: BankLineId | null; payeeId: PayeeId;
  /** Empty where it is not known. */ legalName: string;
  bankAccountId: BankAccountId; amountCents: bigint; takenAt: Date; way: 'bank' | 'stripe';
  /** Of the live payment; owed when there is none. */
  state: (typeof REFUND_STATES)[number];
  bankState: 'none' | 'proposed' | 'approved' | 'blocked';
}>;

export class ListRefunds extends Query<ListingPage<ListedRefund>> {
  constructor(readonly asked: ListingQuery) { super(); }
}
