import { Query } from '@nestjs/cqrs';
import type {
  Cents, ClaimLineId, DebitNoteId, EarlyPaymentId, IncidentId, Month, PayeeId, PlaceId, PlaceInvoiceId, ProgrammeId, RedemptionId,
  StatementId,
} from '#libs/kernel';
import type { StatementProof } from '../known-checkpoints/statement-proof.store.js';
import type { Reader } from '../reader.js';
import type { Rates, Shares } from '../statement-closings/statement.decision.js';
import type { StatementPayment } from './statement-payments.store.js';
import type { HeldFor } from './statement-words.js';

/** `not_ordered` until a run takes it; then the state of its last payment. `set_off`: its payee owed all of it, and nothing is paid. */
export type StatementState = 'not_ordered' | 'set_off' | 'instructed' | 'released' | 'booked' | 'returned' | 'rejected' | 'cancelled';

export type ListedStatement = Shares & Readonly<{
  id: StatementId;
  payeeId: PayeeId;
  legalName: string | null;
  custodyAccountId: string;
  fromSeq: number | null;
  upToSeq: number;
  period: Month;
  lineCount: number;
  sha256: string;
  closedAt: Date;
  state: StatementState;
  /** The net, less what debit notes and invoices of the payee took of it. */
  toPay: Cents;
  /** The terms by which its fee was kept; null where none were in force, or accepted. */
  nettingVersion: number | null;
  /** Not kept of the gross, but owed beside the statement. */
  billedFee: Cents;
  billedVat: Cents;
}>;

export type ShownFee = Shares & Readonly<{ programmeId: ProgrammeId; feeRuleVersion: number; lineCount: number; rates: Rates }>;
/** What the closing of the statement kept out of it. */
export type ShownHold = Readonly<{ reason: HeldFor; lineCount: number; gross: Cents }>;
export type ShownLine = Shares & Readonly<{
  claimLineId: ClaimLineId; redemptionId: RedemptionId; placeId: PlaceId; programmeId: ProgrammeId; feeRuleVersion: number;
  serviceDate: string;
  /** What the place asked for the service; null: redemption knew of no tariff. */
  tariffVersion: number | null; tariff: bigint | null;
  /** The incident that the line is, beside the one that it corrects; null: a redemption, or its undoing. */
  incidentId: IncidentId | null;
}>;
/** A debit note or an invoice of the payee that the closing of the statement took of its net. */
export type ShownSetOff = Readonly<{
  debitNoteId: DebitNoteId | null; placeInvoiceId: PlaceInvoiceId | null; earlyPaymentId: EarlyPaymentId | null;
  /** Of an early payment: the day on which it was asked for. */
  number: string; amount: Cents;
}>;
export type ShownStatement = ListedStatement & Readonly<{
  content: string; fees: readonly ShownFee[]; lines: readonly ShownLine[]; holds: readonly ShownHold[]; setOffs: readonly ShownSetOff[];
  /** Null until the next checkpoint is told. */
  proof: StatementProof | null;
}>;

export type StatementPage = Readonly<{
  before: StatementId | null; rowsMax: number; payeeId: PayeeId | null; period: Month | null; upToSeq: number | null;
}>;

export class ListStatements extends Query<readonly ListedStatement[]> {
  constructor(readonly reader: Reader, readonly page: StatementPage) { super(); }
}

export class ShowStatement extends Query<ShownStatement | undefined> {
  constructor(readonly reader: Reader, readonly statementId: StatementId) { super(); }
}

/** Undefined when the reader may see no such statement. */
export class ListStatementPayments extends Query<readonly StatementPayment[] | undefined> {
  constructor(readonly reader: Reader, readonly statementId: StatementId) { super(); }
}
