// What a quote, an invoice or a credit note says, whole and in its wire shape: it is stored as it is, and both the PDF and
// its XML are drawn from it alone. Nothing in it is looked up again: a payer that moves keeps the address on its invoices.
import type { LocalDate } from '#libs/kernel';
import type { VatRegime } from '../upstream-fees/upstream-fee.decision.js';

export const INVOICE_KINDS = ['quote', 'invoice', 'credit_note'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];
export const CREDIT_REASONS = ['expiry', 'cancellation', 'correction'] as const;
/** Why a credit note was issued: expired vouchers, a cancelled order, or an invoice that was wrong. */
export type CreditReason = (typeof CREDIT_REASONS)[number];

export type Address = Readonly<{ street: string; streetMore: string | null; postalCode: string; city: string; country: string }>;
export type Buyer = Readonly<{ name: string; siren: string; siret: string | null; vatNumber: string | null; address: Address }>;
/** Who invoices, by the settings of the installation. */
export type Seller = Readonly<{
  name: string; legalForm: string; siren: string; vatNumber: string; address: Address;
  /** Where it is registered, as it has to say it: "RCS Lille 732 829 320". */
  registry: string;
}>;
/** Where and under which reference to pay: the custody account of the programme. A quote asks for nothing, and has no reference yet. */
export type PayTo = Readonly<{ name: string; iban: string; bic: string | null; reference: string | null }>;

export type InvoiceLine = Readonly<{
  /** `face` bears no VAT, for the reason of the content's regime; the others bear its rate. */
  kind: 'face' | 'fee' | 'service';
  /** Of a service, as its rule names it. */
  label: string | null;
  quantity: number; unitCents: number; netCents: number;
}>;

export type InvoiceContent = Readonly<{
  kind: InvoiceKind; number: string; issuedOn: LocalDate;
  /** The day to pay by, of a quote the last on which it binds; of a credit note none. */
  dueOn: LocalDate | null;
  seller: Seller; buyer: Buyer; payTo: PayTo;
  programmeName: string; orderReference: string | null;
  /** Of the whole order, and which part of it this payer bears. */
  voucherCount: number; voucherCents: number; orderCents: number;
  serviceCode: string | null; engagementNumber: string | null;
  lines: readonly InvoiceLine[];
  faceCents: number; feeCents: number; vatCents: number; currency: 'EUR';
  vatBasisPoints: number; vatRegime: VatRegime; vatProvision: string | null; feeBasisPoints: number;
  /** Of a credit note: what it corrects and why. */
  cites: Readonly<{ number: string; issuedOn: LocalDate; reason: CreditReason }> | null;
}>;

export const totalCents = ({ faceCents, feeCents, vatCents }: Pick<InvoiceContent, 'faceCents' | 'feeCents' | 'vatCents'>): number =>
  faceCents + feeCents + vatCents;
