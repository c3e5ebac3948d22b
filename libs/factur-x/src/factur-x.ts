// What a Factur-X says, whatever it is about: amounts are whole cents above zero, rates are basis points, and every sum is given by who
// issues.
import type { LocalDate } from '#libs/kernel';

/** Who is known by one line of address only has it as its street. */
export type FacturXAddress = Readonly<{
  street: string; streetMore: string | null; postalCode: string | null; city: string | null; country: string;
}>;
export type FacturXParty = Readonly<{
  name: string; description: string | null; siren: string; siret: string | null; vatNumber: string | null; address: FacturXAddress;
}>;
/** UNTDID 4451: what the text is about. */
export type FacturXNote = Readonly<{ code: string; text: string }>;
/** A rate of nothing is exempt: category O, "outside the scope", may stand beside no other (BR-O-11), nor with a VAT number (BR-O-02). */
export type FacturXLine = Readonly<{ name: string; quantity: number; unitCents: number; netCents: number; vatBasisPoints: number }>;
export type FacturXTax = Readonly<{ vatBasisPoints: number; basisCents: number; vatCents: number; exemption: string | null }>;
/** By transfer to an account; `clearing`: it was set off, and nothing is left. */
export type FacturXPayment =
  | Readonly<{ by: 'transfer'; name: string; iban: string; bic: string | null; reference: string | null }>
  | Readonly<{ by: 'clearing' }>;

export type FacturX = Readonly<{
  kind: 'invoice' | 'credit_note'; number: string; issuedOn: LocalDate; dueOn: LocalDate | null; currency: 'EUR';
  notes: readonly FacturXNote[];
  buyerReference: string | null; sellerOrder: string | null; buyerOrder: string | null;
  seller: FacturXParty; buyer: FacturXParty;
  lines: readonly FacturXLine[]; taxes: readonly FacturXTax[];
  /** Null: nobody is asked to pay. */
  payment: FacturXPayment | null;
  netCents: number; vatCents: number; totalCents: number;
  /** What of the total is paid already. */
  prepaidCents: number;
  cites: Readonly<{ number: string; issuedOn: LocalDate }> | null;
}>;
