import { Command, Query } from '@nestjs/cqrs';
import type { BankAccountId, EarlyPaymentId, PayeeId, ProgrammeId, Rejected } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Meta } from '#libs/persistence';
import type { Reader } from '../reader.js';

export type AskedEarlyPayment = Readonly<{
  /** Of whose pool; null: the national one. */
  programmeId: ProgrammeId | null;
  bankAccountId: BankAccountId; amountCents: number;
  /** Null: the one behind the place of who asks. */
  payeeId: PayeeId | null;
}>;
export type SetAside = Readonly<{ earlyPaymentId: EarlyPaymentId; amountCents: number; dueCents: number }>;

/** The amount in cents as a number: it is kept with the request. */
export class AskEarlyPayment extends Command<SetAside | Rejected> {
  constructor(readonly asked: AskedEarlyPayment & Reader, readonly meta: Meta) { super(); }
}

/** What one may ask for now on an account of ours, and why not more. */
export type EarlyOffer = Readonly<{
  bankAccountId: BankAccountId; dueCents: number; openCents: number; atMostCents: number;
  /** The refusal that asking for a cent would meet; null: none. */
  against: string | null;
}>;

export class ShowEarlyOffers extends Query<readonly EarlyOffer[] | undefined> {
  constructor(readonly asked: Reader & Readonly<{ payeeId: PayeeId | null; programmeId: ProgrammeId | null }>) { super(); }
}

/** `set_aside`: no run has it yet, or its payment came back; from `instructed` on that of its payment. */
export const EARLY_PAYMENT_STATES = ['set_aside', 'instructed', 'released', 'booked', 'netted', 'lapsed'] as const;

export type ListedEarlyPayment = Readonly<{
  id: EarlyPaymentId; pool: string; bankAccountId: BankAccountId; payeeId: PayeeId; /** Empty where it is not known. */ legalName: string;
  amountCents: bigint; dueCents: bigint; /** Neither netted nor lapsed. */ leftCents: bigint; askedBy: string; askedAt: Date;
  state: (typeof EARLY_PAYMENT_STATES)[number];
  ends: readonly Readonly<{ kind: 'netted' | 'lapsed'; statementId: string | null; amountCents: number; at: string }>[];
}>;

export class ListEarlyPayments extends Query<ListingPage<ListedEarlyPayment>> {
  constructor(readonly asked: ListingQuery & Reader) { super(); }
}
