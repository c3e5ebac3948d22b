import { Query } from '@nestjs/cqrs';
import type { Cents, LocalDate, PayeeId, PlaceId, StatementId } from '#libs/kernel';
import type { Shares } from '../statement-closings/statement.decision.js';
import type { StatementState } from '../statements/statements.queries.js';

/** Closed, and not debited at the bank yet. */
export type UnpaidStatement = Readonly<{
  id: StatementId; period: string; state: StatementState; toPay: Cents;
  /** Of the run that has it; null: no run has. */
  executionOn: LocalDate | null;
  payBy: LocalDate | null;
}>;
/** In no statement yet, as the next closing would divide it if it came now. */
export type Accruing = Shares & Readonly<{ lines: number; nextEnd: LocalDate | null; payBy: LocalDate | null }>;
export type NextPayment = Readonly<{
  payeeId: PayeeId; legalName: string | null; unpaid: readonly UnpaidStatement[]; accruing: Accruing;
  held: Readonly<{ lines: number; gross: Cents }>;
  /** Open debit notes and invoices of the payee: taken of what comes. */
  owing: Cents;
}>;

/** Undefined for a place that settlement has not heard of. */
export class ShowNextPayment extends Query<NextPayment | undefined> {
  constructor(readonly placeId: PlaceId) { super(); }
}
