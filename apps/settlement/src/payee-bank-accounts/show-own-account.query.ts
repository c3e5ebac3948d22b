import { Query } from '@nestjs/cqrs';
import type { PayeeId, PlaceId } from '#libs/kernel';
import type { ShownBankAccountVersion } from './payee-bank-account.store.js';

export type OwnAccount = Readonly<{
  payeeId: PayeeId; legalName: string | null; siren: string | null; placeCount: number;
  /** What a run would pay to now; null: nothing was approved yet. `waitsUntil`: another IBAN than before, which waits. */
  paidTo: Readonly<{ iban: string; holder: string; blocked: boolean; waitsUntil: Date | null }> | null;
  /** By transfers of Stripe instead. */
  byStripe: boolean;
  versions: readonly ShownBankAccountVersion[];
}>;

/** The account of the payee behind a place; undefined for a place that settlement has not heard of. */
export class ShowOwnAccount extends Query<OwnAccount | undefined> {
  constructor(readonly placeId: PlaceId) { super(); }
}
