import { Command, Query } from '@nestjs/cqrs';
import type { AllocationId, BankAccountId, Cents, PayeeId, ProgrammeId, Rejected } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';
import type { Meta } from '#libs/persistence';
import type { Voice } from './allocation.decision.js';

export type NewAllocation = Readonly<{
  /** Of whose pool; null: the national one. */
  programmeId: ProgrammeId | null;
  bankAccountId: BankAccountId; payeeId: PayeeId; amount: Cents; reason: string;
}>;

/** The amount in cents as a number: it is kept with the request. */
export class ProposeAllocation extends Command<Readonly<{ allocationId: AllocationId }> | Rejected> {
  constructor(readonly asked: Omit<NewAllocation, 'amount'> & Readonly<{ amountCents: number }>, readonly meta: Meta) { super(); }
}

export type HeardVoice = Readonly<{ allocationId: AllocationId; state: 'proposed' | 'voted' | 'declined'; voices: number }>;

export class GiveVoice extends Command<HeardVoice | Rejected> {
  constructor(readonly asked: Readonly<{ allocationId: AllocationId; voice: Voice; note: string | null }>, readonly meta: Meta) { super(); }
}

export const ALLOCATION_STATES = ['proposed', 'voted', 'declined', 'instructed', 'released', 'booked'] as const;

export type ListedAllocation = Readonly<{
  id: AllocationId; pool: string; bankAccountId: BankAccountId; payeeId: PayeeId; /** Empty where it is not known. */ legalName: string;
  amountCents: bigint; reason: string;
  proposedBy: string; proposedAt: Date;
  /** From `instructed` on that of the payment that pays it; one that came back is `voted` again. */
  state: (typeof ALLOCATION_STATES)[number];
  voices: readonly Readonly<{ userId: string; voice: Voice; note: string | null; at: string }>[];
}>;

export class ListAllocations extends Query<ListingPage<ListedAllocation>> {
  constructor(readonly asked: ListingQuery) { super(); }
}
