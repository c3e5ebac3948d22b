// What stands on an invoice to a place besides figures. The French one is the document; the English one is for readers, and says so.

import { printReference } from '#libs/contracts';
import { showId } from '#libs/kernel';
import { day, type Language } from '../statements/statement-words.js';
import type { ChargeLine, FeeLine, PlaceInvoiceContent, PlaceInvoiceLine, Seller } from './place-invoice-content.decision.js';

export type PlaceInvoiceWords = Readonly<{
  title(content: PlaceInvoiceContent): string;
  copy: string | null; buyer: string; issued: string; period: string; statement: string; nature: string; service: string;
  columns: readonly string[]; chargeColumn: string; year: string;
  lineLabel(line: PlaceInvoiceLine): string;
  /** By rate: what bears it, and the VAT. */
  vatOf(rate: string, base: string): string;
  net: string; total: string; toPay: string; credited: string;
  payment(content: PlaceInvoiceContent): string; cites(content: PlaceInvoiceContent): string;
  exempt: string; legal: Readonly<{ penalties: string; indemnity: string; discount: string }>; sellerLine(seller: Seller): string;
  digest: string; page(at: number): string;
}>;

const listed = (content: PlaceInvoiceContent, show: (number: string, on: string) => string, language: Language) =>
  content.cites.map(({ number, issuedOn }) => show(number, day(language, issuedOn))).join(', ');

/** Of a document that is about a statement. */
const statementOf = ({ statement }: PlaceInvoiceContent) => (statement === null ? '' : showId('statement', statement));
const isCharge = (line: PlaceInvoiceLine): line is ChargeLine => 'chargeYear' in line;

const nettedInFrench = (content: PlaceInvoiceContent): string => (content.kind === 'invoice'
    ? `Acquittée par compensation le ${day('fr', content.closedOn!)}, retenue sur le relevé ${statementOf(content)}, selon l’accord du client : rien ne reste à payer.`
    : `Crédité par compensation le ${day('fr', content.closedOn!)}, ajouté au relevé ${statementOf(content)} : rien ne reste à rembourser.`);
const nettedInEnglish = (content: PlaceInvoiceContent): string => (content.kind === 'invoice'
    ? `Paid by set-off on ${day('en', content.closedOn!)}, kept of statement ${statementOf(content)} as the customer agreed: nothing is left to pay.`
    : `Credited by set-off on ${day('en', content.closedOn!)}, added to statement ${statementOf(content)}: nothing is left to pay back.`);
const iban = ({ payTo }: PlaceInvoiceContent) => (payTo ? `${payTo.name}, IBAN ${payTo.iban}${payTo.bic === null ? '' : `, BIC ${payTo.bic}`}` : '');
/** What to write on the transfer; invoices of before references name their number. */
const toName = ({ payTo, number }: PlaceInvoiceContent) => (payTo?.reference === undefined ? number : printReference(payTo.reference));
const unkeptInFrench = (content: PlaceInvoiceContent) => (content.statement === null ? '' : ` Le relevé ${statementOf(content)} a été payé sans retenue de frais.`);
const unkeptInEnglish = (content: PlaceInvoiceContent) => (content.statement === null ? '' : ` Statement ${statementOf(content)} was paid without keeping the fee.`);
const apartInFrench = (content: PlaceInvoiceContent): string => (content.kind === 'invoice'
  ? `À régler au plus tard le ${day('fr', content.dueOn!)} par virement : ${iban(content)}, en rappelant ${toName(content)}.${unkeptInFrench(content)}`
  : `À déduire de ce que le client doit de frais ; le relevé ${statementOf(content)} n’en retient pas.`);
const apartInEnglish = (content: PlaceInvoiceContent): string => (content.kind === 'invoice'
  ? `To be paid by ${day('en', content.dueOn!)} to ${iban(content)}, with the reference ${toName(content)}.${unkeptInEnglish(content)}`
  : `To be counted against the fees that the customer owes; statement ${statementOf(content)} keeps none.`);
const setOffInFrench = (content: PlaceInvoiceContent): string =>
  `Compensée avec les prochains relevés, selon l’accord du client. Ce qu’ils ne couvrent pas est à régler au plus tard le ${day('fr', content.dueOn!)} par virement : ${iban(content)}, en rappelant ${toName(content)}.`;
const setOffInEnglish = (content: PlaceInvoiceContent): string =>
  `Set off against statements to come, as the customer agreed. What they do not cover is to be paid by ${day('en', content.dueOn!)} to ${iban(content)}, with the reference ${toName(content)}.`;

const feeInFrench = ({ programme, programmeName, rule, redemptions }: FeeLine) =>
  `${programmeName ?? programme}, barème version ${rule}, ${redemptions} ${redemptions > 1 ? 'encaissements' : 'encaissement'}`;
const feeInEnglish = ({ programme, programmeName, rule, redemptions }: FeeLine) =>
  `${programmeName ?? programme}, fee rule version ${rule}, ${redemptions} ${redemptions > 1 ? 'redemptions' : 'redemption'}`;

const french: PlaceInvoiceWords = {
  title: ({ kind, number }) => `${kind === 'invoice' ? 'Facture' : 'Avoir'} n° ${number}`,
  copy: null, buyer: 'Client', issued: 'Date d’émission', period: 'Mois des prestations', statement: 'Relevé',
  nature: 'Nature', service: 'Prestation de services',
  columns: ['Frais de service sur chèques encaissés', 'Base brute', 'Taux', 'Montant HT', 'TVA', 'Montant TVA'],
  chargeColumn: 'Frais annuels', year: 'Année',
  lineLabel: (line) => (isCharge(line) ? `Frais annuels ${line.chargeYear}, dus le ${day('fr', line.chargedOn)}, barème version ${line.rule}` : feeInFrench(line)),
  vatOf: (rate, base) => `TVA ${rate} sur ${base}`, net: 'Total HT', total: 'Total TTC', toPay: 'Net à payer', credited: 'Montant crédité',
  payment: (content) => ({ netted: nettedInFrench, apart: apartInFrench, set_off: setOffInFrench })[content.payment](content),
  cites: (content) => (content.cites.length > 0 ? `Rectifie : ${listed(content, (number, on) => `facture ${number} du ${on}`, 'fr')}, lignes corrigées par une anomalie.` : ''),
  exempt: 'Frais à 0 % : exonérés de TVA selon le barème publié.',
  legal: {
    penalties: 'En cas de retard de paiement : pénalités au taux d’intérêt légal majoré de dix points (taux de la BCE majoré de huit points pour les personnes publiques).',
    indemnity: 'En cas de retard de paiement : indemnité forfaitaire pour frais de recouvrement de 40 €.', discount: 'Pas d’escompte pour paiement anticipé.',
  },
  sellerLine: ({ name, legalForm, registry, vatNumber }) => `${name} - ${legalForm} - ${registry} - TVA ${vatNumber}`,
  digest: 'Empreinte SHA-256 de la facture :', page: (at) => `page ${at}`,
};

const english: PlaceInvoiceWords = {
  title: ({ kind, number }) => `${kind === 'invoice' ? 'Invoice' : 'Credit note'} no. ${number}`,
  copy: 'Translation for readers. The French document is the one that counts.', buyer: 'Customer', issued: 'Issued on', period: 'Month of service',
  statement: 'Statement', nature: 'Nature', service: 'Provision of services',
  columns: ['Service fee on redeemed vouchers', 'Gross base', 'Rate', 'Net amount', 'VAT', 'VAT amount'],
  chargeColumn: 'Yearly charge', year: 'Year',
  lineLabel: (line) => (isCharge(line) ? `Yearly charge of ${line.chargeYear}, owed on ${day('en', line.chargedOn)}, rule version ${line.rule}` : feeInEnglish(line)),
  vatOf: (rate, base) => `VAT ${rate} on ${base}`, net: 'Net total', total: 'Total', toPay: 'Amount due', credited: 'Amount credited',
  payment: (content) => ({ netted: nettedInEnglish, apart: apartInEnglish, set_off: setOffInEnglish })[content.payment](content),
  cites: (content) => (content.cites.length > 0 ? `Corrects: ${listed(content, (number, on) => `invoice ${number} of ${on}`, 'en')}, lines that an incident corrected.` : ''),
  exempt: 'Fees at 0%: exempt from VAT by the published rule.',
  legal: {
    penalties: 'Late payment: interest at the legal rate plus ten points (for public bodies, the rate of the ECB plus eight points).',
    indemnity: 'Late payment: a fixed indemnity of €40 for recovery costs.', discount: 'No discount for early payment.',
  },
  sellerLine: ({ name, legalForm, registry, vatNumber }) => `${name} - ${legalForm} - ${registry} - VAT ${vatNumber}`,
  digest: 'SHA-256 of the invoice:', page: (at) => `page ${at}`,
};

export const wordsFor = (language: Language): PlaceInvoiceWords => (language === 'fr' ? french : english);
