import { Query } from '@nestjs/cqrs';
import type { IbanShareId, PayeeId } from '#libs/kernel';

export type ListedShare = Readonly<{
  id: IbanShareId; payeeId: PayeeId; legalName: string | null; iban: string; reason: string; proposedBy: string; proposedAt: Date;
  approvedBy: string | null; approvedAt: Date | null; withdrawnBy: string | null; withdrawnAt: Date | null;
  /** Who is paid on the IBAN. */
  holders: readonly PayeeId[];
}>;

export class ListIbanShares extends Query<readonly ListedShare[]> {
  constructor(readonly page: Readonly<{ before: IbanShareId | null; rowsMax: number; payeeId: PayeeId | null }>) { super(); }
}
