import { Query } from '@nestjs/cqrs';
import type { Cents, LocalDate, PayeeId, PlaceChargeId, PlaceInvoiceId, StatementId } from '#libs/kernel';
import type { Reader } from '../reader.js';
import type { PlaceInvoiceKind, PlaceInvoicePayment } from './place-invoice-content.decision.js';

export type PlaceInvoicePage = Readonly<{
  payeeId: PayeeId | null; statementId: StatementId | null; number: string | null; kind: PlaceInvoiceKind | null;
  before: PlaceInvoiceId | null; rowsMax: number;
}>;
export type ListedPlaceInvoice = Readonly<{
  id: PlaceInvoiceId; kind: PlaceInvoiceKind; number: string; issuedOn: LocalDate; payeeId: PayeeId; payeeName: string;
  /** One of the two. */
  statementId: StatementId | null; chargeId: PlaceChargeId | null;
  period: string; fee: Cents; vat: Cents; sha256: string; content: string; payment: PlaceInvoicePayment; reference: string | null;
  /** What it is owed less by, and what is left: of a credit note, what no invoice was owed less by yet. */
  paid: Cents; setOff: Cents; credited: Cents; left: Cents;
}>;

export class ListPlaceInvoices extends Query<readonly ListedPlaceInvoice[]> {
  constructor(readonly reader: Reader, readonly page: PlaceInvoicePage) { super(); }
}

export class ShowPlaceInvoice extends Query<ListedPlaceInvoice | undefined> {
  constructor(readonly reader: Reader, readonly placeInvoiceId: PlaceInvoiceId) { super(); }
}

/** A payee of which statements or charges wait for an invoice, because something is not known that it has to say. */
export type WaitingPayee = Readonly<{
  payeeId: PayeeId; legalName: string | null; missing: 'legal_body' | 'address'; statements: number; fee: Cents; vat: Cents;
}>;

export class ListWaitingPayees extends Query<readonly WaitingPayee[]> {
  constructor(readonly rowsMax: number) { super(); }
}
