// What an invoice to a place says, whole: it is kept as this text, of which its digest is taken, and its PDF is drawn from it alone.
// Nothing in it is looked up again: a payee that moves keeps the address on its invoices.
import { addDays, toWire, type Cents, type LocalDate, type PayeeId, type PlaceChargeId, type ProgrammeId, type StatementId } from '#libs/kernel';
import { PLACE_INVOICE_PAYMENT_DAYS } from '../limits.js';

export type PlaceInvoiceKind = 'invoice' | 'credit_note';
export type PlaceInvoicePayment = 'netted' | 'apart' | 'set_off';

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
/** The custody account, which the operator takes its fees out of. Invoices of before references bear none. */
export type PayTo = Readonly<{ name: string; iban: string; bic: string | null; reference?: string }>;
export type InvoicedStatement = Readonly<{
  statementId: StatementId; period: string; closedOn: LocalDate; buyer: Buyer; groups: readonly InvoicedGroup[];
  /** Where to pay a fee that the statement did not keep; null where it did. */
  payTo: PayTo | null;
}>;
/** The charge of a year, owed since its day. */
export type InvoicedCharge = Readonly<{
  chargeId: PlaceChargeId; year: number; ruleVersion: number; chargedOn: LocalDate; fee: Cents; vat: Cents; vatBasisPoints: number;
  buyer: Buyer; payTo: PayTo;
  /** The payee agreed that fees are netted: it is taken of statements to come. */
  isNetted: boolean;
}>;
export type Invoiced = InvoicedStatement | InvoicedCharge;
export type Cited = Readonly<{ number: string; issuedOn: LocalDate }>;

export type FeeLine = Readonly<{
  programme: ProgrammeId; programmeName: string | null; rule: number; redemptions: number; grossCents: number;
  feeBasisPoints: number; feeCents: number; vatBasisPoints: number; vatCents: number;
}>;
export type ChargeLine = Readonly<{
  chargeYear: number; chargedOn: LocalDate; rule: number; feeCents: number; vatBasisPoints: number; vatCents: number;
}>;
export type PlaceInvoiceLine = FeeLine | ChargeLine;
/** Format 2 added the charge of a year, and the reference to pay by. */
export type PlaceInvoiceContent = Readonly<{
  format: 1 | 2; kind: PlaceInvoiceKind; number: string; issuedOn: LocalDate; seller: Seller; buyer: Buyer;
  /** Null of a charge, whose period is a year. */
  statement: StatementId | null; period: string; closedOn: LocalDate | null; lines: readonly PlaceInvoiceLine[];
  feeCents: number; vatCents: number; totalCents: number; currency: 'EUR';
  /**
   * `netted`: kept of the statement, nothing is left to pay. `apart`: to be paid, or of a credit note to be counted against what is.
   * `set_off`: taken of statements to come, and what they do not cover is to be paid.
   */
  payment: PlaceInvoicePayment;
  /** Of an invoice that is to be paid. */
  dueOn: LocalDate | null; payTo: PayTo | null;
  /** Of a credit note: the invoices whose fee came back. */
  cites: readonly Cited[];
}>;

/**
 * Those groups of a statement that a document of this kind is about, always above zero: a fee that is due is invoiced, one that came
 * back is credited. A group without a fee is on neither.
 */
export function linesOf(kind: PlaceInvoiceKind, groups: readonly InvoicedGroup[]): FeeLine[] {
  const sign = kind === 'invoice' ? 1n : -1n;
  return groups.filter(({ gross, fee, vat }) => (kind === 'credit_note') === (gross < 0n) && (fee !== 0n || vat !== 0n))
    .map(({ programmeId, programmeName, feeRuleVersion, lineCount, gross, fee, vat, feeBasisPoints, vatBasisPoints }) => ({
      programme: programmeId, programmeName, rule: feeRuleVersion, redemptions: lineCount, grossCents: toWire((sign * gross) as Cents),
      feeBasisPoints, feeCents: toWire((sign * fee) as Cents), vatBasisPoints, vatCents: toWire((sign * vat) as Cents),
    }));
}

export type Numbered = Readonly<{
  kind: PlaceInvoiceKind; number: string; issuedOn: LocalDate; seller: Seller; reference: string; cites?: readonly Cited[];
}>;

export function placeInvoiceContent(
  invoiced: Invoiced, { kind, number, issuedOn, seller, reference, cites = [] }: Numbered,
): PlaceInvoiceContent {
  const about = 'chargeId' in invoiced ? aboutCharge(invoiced) : aboutStatement(kind, invoiced);
  const { lines, payTo, payment } = about;
  const feeCents = lines.reduce((total, line) => total + line.feeCents, 0);
  const vatCents = lines.reduce((total, line) => total + line.vatCents, 0);
  const isToBePaid = kind === 'invoice' && payTo !== null;
  return {
    format: 2, kind, number, issuedOn, seller, buyer: invoiced.buyer, statement: about.statement, period: about.period,
    closedOn: about.closedOn,
    lines, feeCents, vatCents, totalCents: feeCents + vatCents, currency: 'EUR', cites, payment,
    dueOn: isToBePaid ? addDays(issuedOn, PLACE_INVOICE_PAYMENT_DAYS) : null, payTo: isToBePaid ? { ...payTo, reference } : null,
  };
}

type About = Pick<PlaceInvoiceContent, 'statement' | 'period' | 'closedOn' | 'lines' | 'payTo' | 'payment'>;

const aboutStatement = (kind: PlaceInvoiceKind, { statementId, period, closedOn, groups, payTo }: InvoicedStatement): About =>
  ({ statement: statementId, period, closedOn, lines: linesOf(kind, groups), payTo, payment: payTo ? 'apart' : 'netted' });

function aboutCharge({ year, ruleVersion, chargedOn, fee, vat, vatBasisPoints, payTo, isNetted }: InvoicedCharge): About {
  const line = { chargeYear: year, chargedOn, rule: ruleVersion, feeCents: toWire(fee), vatBasisPoints, vatCents: toWire(vat) };
  return { statement: null, period: String(year), closedOn: null, lines: [line], payTo, payment: isNetted ? 'set_off' : 'apart' };
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
