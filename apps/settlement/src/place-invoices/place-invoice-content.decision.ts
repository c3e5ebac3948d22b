// What an invoice to a place says, whole: it is kept as this text, of which its digest is taken, and its PDF is drawn from it alone.
// Nothing in it is looked up again: a payee that moves keeps the address on its invoices.
import { addDays, toWire, type Cents, type LocalDate, type PayeeId, type ProgrammeId, type StatementId } from '#libs/kernel';
import { PLACE_INVOICE_PAYMENT_DAYS } from '../limits.js';

export type PlaceInvoiceKind = 'invoice' | 'credit_note';

/** Who invoices, by the settings of the installation: as on invoices to payers. */
export type Seller = Readonly<{
  name: string; legalForm: string; siren: string; vatNumber: string; registry: string;
  address: Readonly<{ street: string; streetMore: string | null; postalCode: string; city: string; country: string }>;
}>;
export type Buyer = Readonly<{ payeeId: PayeeId; name: string; siren: string; vatNumber: string | null; address: string }>;

/** The group of a statement that shares a fee rule. Of what came back of an older rule, amounts are below zero. */
export type InvoicedGroup = Readonly<{
  programmeId: ProgrammeId; programmeName: string | null; feeRuleVersion: number; lineCount: number;
  gross: Cents; feeBasisPoints: number; fee: Cents; vatBasisPoints: number; vat: Cents;
}>;
/** The custody account of the statement, which the operator takes its fees out of. */
export type PayTo = Readonly<{ name: string; iban: string; bic: string | null }>;
export type InvoicedStatement = Readonly<{
  statementId: StatementId; period: string; closedOn: LocalDate; buyer: Buyer; groups: readonly InvoicedGroup[];
  /** Where to pay a fee that the statement did not keep; null where it did. */
  payTo: PayTo | null;
}>;
export type Cited = Readonly<{ number: string; issuedOn: LocalDate }>;

export type PlaceInvoiceLine = Readonly<{
  programme: ProgrammeId; programmeName: string | null; rule: number; redemptions: number; grossCents: number;
  feeBasisPoints: number; feeCents: number; vatBasisPoints: number; vatCents: number;
}>;
export type PlaceInvoiceContent = Readonly<{
  format: 1; kind: PlaceInvoiceKind; number: string; issuedOn: LocalDate; seller: Seller; buyer: Buyer;
  statement: StatementId; period: string; closedOn: LocalDate; lines: readonly PlaceInvoiceLine[];
  feeCents: number; vatCents: number; totalCents: number; currency: 'EUR';
  /** `netted`: kept of the statement, nothing is left to pay. `apart`: to be paid, or of a credit note to be counted against what is. */
  payment: 'netted' | 'apart';
  /** Of an invoice that is to be paid. */
  dueOn: LocalDate | null; payTo: PayTo | null;
  /** Of a credit note: the invoices whose fee came back. */
  cites: readonly Cited[];
}>;

/**
 * Those groups of a statement that a document of this kind is about, always above zero: a fee that is due is invoiced, one that came
 * back is credited. A group without a fee is on neither.
 */
export function linesOf(kind: PlaceInvoiceKind, groups: readonly InvoicedGroup[]): PlaceInvoiceLine[] {
  const sign = kind === 'invoice' ? 1n : -1n;
  return groups.filter(({ gross, fee, vat }) => (kind === 'credit_note') === (gross < 0n) && (fee !== 0n || vat !== 0n))
    .map(({ programmeId, programmeName, feeRuleVersion, lineCount, gross, fee, vat, feeBasisPoints, vatBasisPoints }) => ({
      programme: programmeId, programmeName, rule: feeRuleVersion, redemptions: lineCount, grossCents: toWire((sign * gross) as Cents),
      feeBasisPoints, feeCents: toWire((sign * fee) as Cents), vatBasisPoints, vatCents: toWire((sign * vat) as Cents),
    }));
}

export type Numbered = Readonly<{ kind: PlaceInvoiceKind; number: string; issuedOn: LocalDate; seller: Seller; cites?: readonly Cited[] }>;

export function placeInvoiceContent(
  { statementId, period, closedOn, buyer, groups, payTo }: InvoicedStatement, { kind, number, issuedOn, seller, cites = [] }: Numbered,
): PlaceInvoiceContent {
  const lines = linesOf(kind, groups);
  const feeCents = lines.reduce((total, line) => total + line.feeCents, 0);
  const vatCents = lines.reduce((total, line) => total + line.vatCents, 0);
  return {
    format: 1, kind, number, issuedOn, seller, buyer, statement: statementId, period, closedOn, lines,
    feeCents, vatCents, totalCents: feeCents + vatCents, currency: 'EUR', cites,
    payment: payTo ? 'apart' : 'netted', dueOn: payTo && kind === 'invoice' ? addDays(issuedOn, PLACE_INVOICE_PAYMENT_DAYS) : null,
    payTo: kind === 'invoice' ? payTo : null,
  };
}

/** Fee and VAT of the lines by rate of VAT, as the law wants them on an invoice. */
export function vatByRate({ lines }: Pick<PlaceInvoiceContent, 'lines'>): { vatBasisPoints: number; feeCents: number; vatCents: number }[] {
  const rates = [...new Set(lines.map(({ vatBasisPoints }) => vatBasisPoints))].sort((a, b) => b - a);
  return rates.map((vatBasisPoints) => {
    const own = lines.filter((line) => line.vatBasisPoints === vatBasisPoints);
    return {
      vatBasisPoints, feeCents: own.reduce((total, line) => total + line.feeCents, 0),
      vatCents: own.reduce((total, line) => total + line.vatCents, 0),
    };
  });
}
