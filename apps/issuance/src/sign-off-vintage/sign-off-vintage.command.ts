import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, PayerId, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { VintageStep } from '../vintages/vintage.store.js';

export type SignOffRequest = VintageStep & Readonly<{ /** Of the figures that the signer saw. */ sha256: string }>;
export type SignedOff = Readonly<{ programmeId: ProgrammeId; usableUntil: LocalDate; step: VintageStep['step']; sha256: string; signedAt: string }>;

/** A payer saw the figures of its vouchers that end, and says so. */
export class SignOffVintage extends Command<SignedOff | Rejected> {
  constructor(readonly request: SignOffRequest, readonly meta: Meta) {
    super();
  }
}

export type VintagePlace = Readonly<{ usableUntil: string; programmeId: string; payerId: string; dueOn: string }>;
export type VintagePage = Readonly<{
  payerId: PayerId | null; programmeId: ProgrammeId | null; before: VintagePlace | null; rowsMax: number;
}>;
export type VintageView = Readonly<{
  programmeId: ProgrammeId; programmeName: string; payerId: PayerId; usableUntil: LocalDate; step: string; dueOn: LocalDate;
  content: string; sha256: string; signedAt: Date | null; signedBy: string | null;
}>;

/** What ends last comes first; of one end, its latest step. A payer sees its own part of each vintage. */
export class ListVintages extends Query<readonly VintageView[]> {
  constructor(readonly page: VintagePage) {
    super();
  }
}
