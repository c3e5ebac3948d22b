import { Query } from '@nestjs/cqrs';
import type { Cents, PayeeId, PlaceId } from '#libs/kernel';

export type ListedPayee = Readonly<{
  id: PayeeId;
  legalName: string | null;
  siren: string | null;
  places: readonly Readonly<{ placeId: PlaceId; name: string | null; siret: string | null }>[];
  /** Gross of claim lines that no statement covers yet. */
  accrued: Cents;
  /** Net of closed statements, not yet released to the bank. */
  payable: Cents;
  /** Released, not yet on a bank statement. */
  inTransit: Cents;
  /** Debited and not returned. */
  paid: Cents;
  iban: string | null;
  bankVersion: number | null;
  bankState: 'none' | 'proposed' | 'approved' | 'blocked';
}>;

export class ListPayees extends Query<readonly ListedPayee[]> {
  constructor(readonly page: Readonly<{ after: PayeeId | null; rowsMax: number; search: string | null;
    payeeId: PayeeId | null }>) { super(); }
}
