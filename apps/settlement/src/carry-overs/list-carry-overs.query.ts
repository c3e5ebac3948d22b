import { Query } from '@nestjs/cqrs';
import type { BankAccountId, Cents, LocalDate, PayeeId, ProgrammeId } from '#libs/kernel';
import type { Reader } from '../reader.js';
import type { CarryReason } from '../statement-closings/carry-over.store.js';
import type { Chances } from '../statement-closings/waiting.decision.js';

/** What the last closing left open of a payee on a custody account, in cents as it found them. */
export type CarryOver = Readonly<{
  payeeId: PayeeId; legalName: string | null; custodyAccountId: BankAccountId; upToSeq: number; reason: CarryReason; lineCount: number;
  gross: Cents; net: Cents; programmeIds: readonly ProgrammeId[];
  /** The day of the first closing, since its last statement, that left something open. */
  since: LocalDate;
}>;
export type ListedCarryOver = CarryOver & Chances;

/** By payee and account, in the order of their ids. */
export type CarryOverPage = Readonly<{ after: readonly [PayeeId, BankAccountId] | null; rowsMax: number; payeeId: PayeeId | null }>;

export class ListCarryOvers extends Query<readonly ListedCarryOver[]> {
  constructor(readonly reader: Reader, readonly page: CarryOverPage) { super(); }
}
