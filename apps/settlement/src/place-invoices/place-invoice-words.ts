// What stands on an invoice to a place besides figures. The French one is the document; the English one is for readers, and says so.

import { showId } from '#libs/kernel';
import { day, type Language } from '../statements/statement-words.js';
import type { PlaceInvoiceContent, PlaceInvoiceLine, Seller } from './place-invoice-content.decision.js';

export type PlaceInvoiceWords = Readonly<{
  title(content: PlaceInvoiceContent): string;
  copy: string | null; buyer: string; issued: string; period: string; statement: string; nature: string; service: string;
  columns: readonly string[];
  lineLabel(line: PlaceInvoiceLine): string;
  /** By rate: what bears it, and the VAT. */
  vatOf(rate: string, base: string): string;
  net: string; total: string; toPay: string; credited: string;
  payment(content: PlaceInvoiceContent): string; cites(content: PlaceInvoiceContent): string;
  exempt: string; legal: string; sellerLine(seller: Seller): string; digest: string; page(at: number): string;
}>;

const listed = (content: PlaceInvoiceContent, show: (number: string, on: string) => string, language: Language) =>
  content.cites.map(({ number, issuedOn }) => show(number, day(language, issuedOn))).join(', ');

const nettedInFrench = ({ kind, statement, closedOn }: PlaceInvoiceContent): string => (kind === 'invoice'
    ? `Acquittée par compensation le ${day('fr', closedOn)}, retenue sur le relevé ${showId('statement', statement)}, selon l’accord du client : rien ne reste à payer.`
    : `Crédité par compensation le ${day('fr', closedOn)}, ajouté au relevé ${showId('statement', statement)} : rien ne reste à rembourser.`);
const nettedInEnglish = ({ kind, statement, closedOn }: PlaceInvoiceContent): string => (kind === 'invoice'
    ? `Paid by set-off on ${day('en', closedOn)}, kept of statement ${showId('statement', statement)} as the customer agreed: nothing is left to pay.`
    : `Credited by set-off on ${day('en', closedOn)}, added to statement ${showId('statement', statement)}: nothing is left to pay back.`);
const iban = ({ payTo }: PlaceInvoiceContent) => (payTo ? `${payTo.name}, IBAN ${payTo.iban}${payTo.bic === null ? '' : `, BIC ${payTo.bic}`}` : '');
const apartInFrench = (content: PlaceInvoiceContent): string => (content.kind === 'invoice'
  ? `À régler au plus tard le ${day('fr', content.dueOn!)} par virement : ${iban(content)}, en rappelant ${content.number}. Le relevé ${showId('statement', content.statement)} a été payé sans retenue de frais.`
  : `À déduire de ce que le client doit de frais ; le relevé ${showId('statement', content.statement)} n’en retient pas.`);
const apartInEnglish = (content: PlaceInvoiceContent): string => (content.kind === 'invoice'
  ? `To be paid by ${day('en', content.dueOn!)} to ${iban(content)}, with the reference ${content.number}. Statement ${showId('statement', content.statement)} was paid without keeping the fee.`
  : `To be counted against the fees that the customer owes; statement ${showId('statement', content.statement)} keeps none.`);

const french: PlaceInvoiceWords = {
  title: ({ kind, number }) => `${kind === 'invoice' ? 'Facture' : 'Avoir'} n° ${number}`,
  copy: null, buyer: 'Client', issued: 'Date d’émission', period: 'Mois des prestations', statement: 'Relevé',
  nature: 'Nature', service: 'Prestation de services',
  columns: ['Frais de service sur chèques encaissés', 'Base brute', 'Taux', 'Montant HT', 'TVA', 'Montant TVA'],
  lineLabel: ({ programme, programmeName, rule, redemptions }) =>
    `${programmeName ?? programme}, barème version ${rule}, ${redemptions} ${redemptions > 1 ? 'encaissements' : 'encaissement'}`,
  vatOf: (rate, base) => `TVA ${rate} sur ${base}`, net: 'Total HT', total: 'Total TTC', toPay: 'Net à payer', credited: 'Montant crédité',
  payment: (content) => (content.payment === 'netted' ? nettedInFrench(content) : apartInFrench(content)),
  cites: (content) => (content.cites.length > 0 ? `Rectifie : ${listed(content, (number, on) => `facture ${number} du ${on}`, 'fr')}, lignes corrigées par une anomalie.` : ''),
  exempt: 'Frais à 0 % : exonérés de TVA selon le barème publié.',
  legal: 'En cas de retard de paiement : pénalités au taux d’intérêt légal majoré de dix points (taux de la BCE majoré de huit points pour les personnes publiques) '
    + 'et indemnité forfaitaire pour frais de recouvrement de 40 €. Pas d’escompte pour paiement anticipé.',
  sellerLine: ({ name, legalForm, registry, vatNumber }) => `${name} - ${legalForm} - ${registry} - TVA ${vatNumber}`,
  digest: 'Empreinte SHA-256 de la facture :', page: (at) => `page ${at}`,
};

const english: PlaceInvoiceWords = {
  title: ({ kind, number }) => `${kind === 'invoice' ? 'Invoice' : 'Credit note'} no. ${number}`,
  copy: 'Translation for readers. The French document is the one that counts.', buyer: 'Customer', issued: 'Issued on', period: 'Month of service',
  statement: 'Statement', nature: 'Nature', service: 'Provision of services',
  columns: ['Service fee on redeemed vouchers', 'Gross base', 'Rate', 'Net amount', 'VAT', 'VAT amount'],
  lineLabel: ({ programme, programmeName, rule, redemptions }) =>
    `${programmeName ?? programme}, fee rule version ${rule}, ${redemptions} ${redemptions > 1 ? 'redemptions' : 'redemption'}`,
  vatOf: (rate, base) => `VAT ${rate} on ${base}`, net: 'Net total', total: 'Total', toPay: 'Amount due', credited: 'Amount credited',
  payment: (content) => (content.payment === 'netted' ? nettedInEnglish(content) : apartInEnglish(content)),
  cites: (content) => (content.cites.length > 0 ? `Corrects: ${listed(content, (number, on) => `invoice ${number} of ${on}`, 'en')}, lines that an incident corrected.` : ''),
  exempt: 'Fees at 0%: exempt from VAT by the published rule.',
  legal: 'Late payment: interest at the legal rate plus ten points (for public bodies, the rate of the ECB plus eight points) and a fixed indemnity of €40 '
    + 'for recovery costs. No discount for early payment.',
  sellerLine: ({ name, legalForm, registry, vatNumber }) => `${name} - ${legalForm} - ${registry} - VAT ${vatNumber}`,
  digest: 'SHA-256 of the invoice:', page: (at) => `page ${at}`,
};

export const wordsFor = (language: Language): PlaceInvoiceWords => (language === 'fr' ? french : english);
