// What an invoice says, made up: of a payer that bears all of an order, or a part.
import { cents, localDate } from '#libs/kernel';
import type { InvoiceContent } from '../../apps/issuance/src/invoices/invoice-content.decision.js';
import { billed } from '../../apps/issuance/src/invoices/invoice-lines.decision.js';
import { feeOf, NO_FEE, payerFees, type FeeTerms } from '../../apps/issuance/src/upstream-fees/upstream-fee.decision.js';

const address = { street: '1 rue <d’ici>', streetMore: null, postalCode: '59000', city: 'Lille', country: 'FR' };
export const INVOICE_HEAD: Omit<InvoiceContent, 'lines' | 'faceCents' | 'feeCents' | 'vatCents'> = {
  kind: 'invoice', number: 'FA-2026-000001', issuedOn: localDate('2026-03-02'), dueOn: localDate('2026-04-01'), cites: null, currency: 'EUR',
  seller: { name: 'Coopérative & Cie', legalForm: 'SCIC SA, 50 000 €', siren: '732829320', vatNumber: 'FR44732829320', address, registry: 'RCS Lille 732 829 320' },
  buyer: { name: 'Département', siren: '732829320', siret: '73282932000074', vatNumber: null, address },
  payTo: { name: 'Compte de cantonnement', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR', reference: 'RF18MRO0000000001' },
  programmeName: 'Numérique', orderReference: 'RF18MRO0000000001', voucherCount: 10, voucherCents: 1_000, orderCents: 10_000,
  serviceCode: 'SERV-12', engagementNumber: 'ENG 2026/7', feeBasisPoints: 400, vatBasisPoints: 2_000, vatRegime: 'out_of_scope', vatProvision: null,
};
type Wanted = Readonly<{ count?: number; face?: number; terms?: Partial<FeeTerms>; share?: number }>;
/** The document of a payer that bears `share` cents of the order, all of it unless told otherwise. */
export function invoiceContent({ count = 10, face = 1_000, terms = {}, share = count * face }: Wanted = {}): InvoiceContent {
  const rule = { ...NO_FEE, feeBasisPoints: 400, vatBasisPoints: 2_000, ...terms };
  const order = { count, face: cents(face), total: cents(count * face) };
  const weights = [cents(share), cents(count * face - share)];
  const [fee] = payerFees(feeOf(rule, order.total, cents(0)), weights);
  return {
    ...INVOICE_HEAD, voucherCount: count, voucherCents: face, orderCents: count * face, vatBasisPoints: rule.vatBasisPoints,
    ...billed(order, cents(share), fee!),
  };
}
