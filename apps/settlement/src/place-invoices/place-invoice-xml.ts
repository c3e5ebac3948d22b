// An invoice or credit note to a place as Factur-X: what its text says, in the words of its French page. Drawn from the text each time, the
// same bytes each time.
import { ciiOf, type FacturX, type FacturXPayment } from '#libs/factur-x';
import { vatByRate, type PlaceInvoiceContent } from './place-invoice-content.decision.js';
import { wordsFor } from './place-invoice-words.js';

export function placeInvoiceXml(content: PlaceInvoiceContent): string {
  const { kind, number, issuedOn, dueOn, currency, seller, buyer, cites, feeCents, vatCents, totalCents } = content;
  const words = wordsFor('fr');
  const isPaid = kind === 'invoice' && content.payment === 'netted';
  return ciiOf({
    kind, number, issuedOn, dueOn, currency, notes: notes(content), buyerReference: null, sellerOrder: null, buyerOrder: null,
    seller: { ...seller, description: seller.legalForm, siret: null },
    // A payee gives its address in one line.
    buyer: { ...buyer, description: null, siret: null, address: { street: buyer.address, streetMore: null, postalCode: null, city: null, country: 'FR' } },
    lines: content.lines.map((line) =>
      ({ name: words.lineLabel(line), quantity: 1, unitCents: line.feeCents, netCents: line.feeCents,
        vatBasisPoints: line.vatBasisPoints })),
    taxes: vatByRate(content).map(({ vatBasisPoints, feeCents: basisCents, vatCents: vat }) =>
      ({ vatBasisPoints, basisCents, vatCents: vat, exemption: vatBasisPoints === 0 ? words.exempt : null })),
    payment: paymentOf(content), netCents: feeCents, vatCents, totalCents, prepaidCents: isPaid ? totalCents : 0,
    // The schema has room for one; the note names all.
    cites: cites[0] ?? null,
  });
}

function paymentOf({ payment, payTo }: PlaceInvoiceContent): FacturXPayment | null {
  if (payment === 'netted') return { by: 'clearing' };
  return payTo && { by: 'transfer', name: payTo.name, iban: payTo.iban, bic: payTo.bic, reference: payTo.reference ?? null };
}

/** What France wants told besides, how it is paid, and of a credit note what it corrects. */
function notes(content: PlaceInvoiceContent): FacturX['notes'] {
  const words = wordsFor('fr');
  const { penalties, indemnity, discount } = words.legal;
  const [seller, payment] = [{ code: 'REG', text: words.sellerLine(content.seller) }, { code: 'AAI', text: words.payment(content) }];
  return content.kind === 'invoice'
    ? [{ code: 'PMD', text: penalties }, { code: 'PMT', text: indemnity }, { code: 'AAB', text: discount }, seller, payment]
    : [seller, payment, ...(content.cites.length > 0 ? [{ code: 'ACB', text: words.cites(content) }] : [])];
}
