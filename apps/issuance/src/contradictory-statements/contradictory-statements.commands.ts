import { Command, Query } from '@nestjs/cqrs';
import type { Cents, ContradictoryStatementId, OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { LaterDates } from '../extend-order/later-dates.decision.js';
import type { StatementOutcome } from '../on-expiry.decision.js';

export type ShareOnWire = Readonly<{
  payerId: PayerId; activatedCents: number; redeemedCents: number; rejectedCents: number; expiredCents: number;
}>;
export type DrawnStatement = Readonly<{
  statementId: ContradictoryStatementId; orderId: OrderId; version: number; outcome: StatementOutcome; sha256: string;
  activatedCents: number; redeemedCents: number; rejectedCents: number; expiredCents: number;
  extension: LaterDates | null; shares: readonly ShareOnWire[];
}>;

/** The next version of an order's statement; signatures under an earlier one count no more. */
export class DrawUpStatement extends Command<DrawnStatement | Rejected> {
  /** `extension`: instead of what the agreement says, the vouchers get later dates. */
  constructor(readonly orderId: OrderId, readonly extension: LaterDates | null, readonly meta: Meta) {
    super();
  }
}

export type ShownStatement = Readonly<{
  statementId: ContradictoryStatementId; orderId: OrderId; version: number; outcome: StatementOutcome;
  activated: Cents; redeemed: Cents; rejected: Cents; expired: Cents; extension: LaterDates | null;
  sha256: string; content: string; drawnUpAt: Date; drawnUpBy: string;
  state: 'to_sign' | 'signed' | 'replaced';
  shares: readonly Readonly<{
    payerId: PayerId; name: string; activated: number; redeemed: number; rejected: number; expired: number; signedAt: string | null;
  }>[];
  operatorSignedAt: Date | null;
}>;

export type StatementPage = Readonly<{
  payerId: PayerId | null; orderId: OrderId | null; statementId: ContradictoryStatementId | null;
  before: ContradictoryStatementId | null; rowsMax: number;
}>;

/** Newest first; a payer sees the statements of orders that it has a share of. */
export class ListContradictoryStatements extends Query<readonly ShownStatement[]> {
  constructor(readonly page: StatementPage) {
    super();
  }
}
