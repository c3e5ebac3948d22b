// An invoice or credit note to a payer as Factur-X: what its content says, in the words of its French page.
import { ciiOf, type FacturX, type FacturXTax } from '#libs/factur-x';
import { totalCents, type InvoiceContent } from '../invoices/invoice-content.decision.js';
import { wordsFor } from './invoice-words.js';

export function invoiceXml(content: InvoiceContent): string {
  const { kind, number, issuedOn, dueOn, currency, seller, buyer, payTo, faceCents, feeCents, vatCents, vatBasisPoints } = content;
  if (kind === 'quote') throw new RangeError('a quote is no invoice, and has no XML');
  const words = wordsFor('fr');
  return ciiOf({
    kind, number, issuedOn, dueOn, currency, notes: notes(content), buyerReference: content.serviceCode,
    sellerOrder: content.orderReference,
    buyerOrder: content.engagementNumber,
    seller: { ...seller, description: seller.legalForm, siret: null }, buyer: { ...buyer, description: null },
    // The face value bears no VAT: it stands as exempt with its reason. A fee at 0 % is exempt as well, as the rule that sets it says.
    lines: content.lines.map((line) => ({ ...line, name: words.lineLabel(content, line), vatBasisPoints: line.kind === 'face' ? 0 : vatBasisPoints })),
    taxes: taxes(content), payment: { by: 'transfer', ...payTo },
    netCents: faceCents + feeCents, vatCents, totalCents: totalCents(content), prepaidCents: 0, cites: content.cites,
  });
}

/** What France wants told besides: penalties, the fixed indemnity, no discount, and who the seller is. */
function notes(content: InvoiceContent): FacturX['notes'] {
  const words = wordsFor('fr');
  const { penalties, indemnity, discount } = words.legal;
  const seller = { code: 'REG', text: words.sellerLine(content.seller) };
  return content.kind === 'invoice'
    ? [{ code: 'PMD', text: penalties }, { code: 'PMT', text: indemnity }, { code: 'AAB', text: discount }, seller]
    : [seller, { code: 'ACB', text: words.creditReason(content) }];
}

/** What is exempt, and what bears the rate of the fee. */
function taxes(content: InvoiceContent): FacturXTax[] {
  const { faceCents, feeCents, vatCents, vatBasisPoints } = content;
  const exempt = vatBasisPoints > 0 ? faceCents : faceCents + feeCents;
  return [
    ...(exempt > 0 ? [{ vatBasisPoints: 0, basisCents: exempt, vatCents: 0, exemption: wordsFor('fr').exemption(content) }] : []),
    ...(vatBasisPoints > 0 && feeCents > 0 ? [{ vatBasisPoints, basisCents: feeCents, vatCents, exemption: null }] : []),
  ];
}
