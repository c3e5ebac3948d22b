// What stands on quotes, invoices and credit notes besides figures, in the two languages that they are drawn in. The
// French one is the document; the English one is for readers, and says so.
import type { LocalDate } from '#libs/kernel';
import type { CreditReason, InvoiceContent, InvoiceLine, Seller } from '../invoices/invoice-content.decision.js';
import type { VatRegime } from '../upstream-fees/upstream-fee.decision.js';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export type InvoiceWords = Readonly<{
  title(content: InvoiceContent): string;
  issued: string; due: string; bindsUntil: string; buyer: string; programme: string; order: string; service: string;
  engagement: string; copy: string | null;
  columns: Readonly<{ label: string; quantity: string; unit: string; net: string; vat: string }>;
  totals: Readonly<{ net: string; vat: string; total: string; toPay: string; credited: string }>;
  pay: string; holder: string; reference: string; noVat: string; page(at: number, of: number): string;
  legal: Readonly<{ penalties: string; indemnity: string; discount: string }>;
  sellerLine(seller: Seller): string;
  lineLabel(content: InvoiceContent, line: InvoiceLine): string;
  exemption(content: Pick<InvoiceContent, 'vatRegime' | 'vatProvision' | 'lines' | 'vatBasisPoints'>): string;
  creditReason(content: InvoiceContent): string;
  day(day: LocalDate): string; money(cents: number): string; percent(basisPoints: number): string;
}>;

const NARROW = '\u202f';
const grouped = (digits: string, mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark);
const number = (hundredths: number, mark: string, point: string): string => {
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  return `${hundredths < 0 ? '-' : ''}${grouped(digits.slice(0, -2), mark)}${point}${digits.slice(-2)}`;
};
/** `4`, `5,5`: without zeros that say nothing. */
const rate = (basisPoints: number, point: string) => number(basisPoints, '', point).replace(/[.,]?0+$/, '') || '0';

const REGIME_FR: Readonly<Record<VatRegime, string>> = {
  out_of_scope: 'Valeur faciale : hors du champ d’application de la TVA',
  multi_purpose: 'Valeur faciale : bon à usages multiples, TVA exigible lors de la prestation',
  exempt: 'Valeur faciale : prestation exonérée de TVA',
};
const REGIME_EN: Readonly<Record<VatRegime, string>> = {
  out_of_scope: 'Face value: outside the scope of VAT',
  multi_purpose: 'Face value: multi-purpose voucher, VAT is due on the service',
  exempt: 'Face value: service exempt from VAT',
};
const REASON_FR: Readonly<Record<CreditReason, string>> = {
  expiry: 'chèques périmés, état contradictoire signé ; les frais restent acquis', cancellation: 'commande annulée', correction: 'facture rectifiée',
};
const REASON_EN: Readonly<Record<CreditReason, string>> = {
  expiry: 'expired vouchers, contradictory statement signed; fees are not returned', cancellation: 'order cancelled', correction: 'invoice corrected',
};
const provision = ({ vatProvision }: Pick<InvoiceContent, 'vatProvision'>) => (vatProvision === null ? '' : ` (${vatProvision})`);
const hasUntaxedFee = ({ lines, vatBasisPoints }: Pick<InvoiceContent, 'lines' | 'vatBasisPoints'>) =>
  vatBasisPoints === 0 && lines.some(({ kind }) => kind !== 'face');

const french: InvoiceWords = {
  title: ({ kind, number }) => `${{ quote: 'Devis', invoice: 'Facture', credit_note: 'Avoir' }[kind]} n° ${number}`,
  issued: 'Date d’émission', due: 'À payer au plus tard le', bindsUntil: 'Valable jusqu’au', buyer: 'Client', programme: 'Programme', order: 'Commande',
  service: 'Code service', engagement: 'N° d’engagement', copy: null,
  columns: { label: 'Désignation', quantity: 'Quantité', unit: 'Prix unitaire HT', net: 'Montant HT', vat: 'TVA' },
  totals: { net: 'Total HT', vat: 'TVA', total: 'Total TTC', toPay: 'Net à payer', credited: 'Montant crédité' },
  pay: 'Virement à', holder: 'Titulaire', reference: 'Référence à rappeler', noVat: 'sans', page: (at, of) => `Page ${at} sur ${of}`,
  legal: {
    penalties: 'En cas de retard de paiement, pénalités au taux d’intérêt légal majoré de dix points (taux de la BCE majoré de huit points pour les personnes publiques).',
    indemnity: 'En cas de retard de paiement, indemnité forfaitaire pour frais de recouvrement de 40 €.',
    discount: 'Pas d’escompte pour paiement anticipé.',
  },
  sellerLine: ({ name, legalForm, registry, vatNumber }) => `${name} - ${legalForm} - ${registry} - TVA ${vatNumber}`,
  lineLabel: (content, { kind, label, quantity, netCents }) => {
    if (kind === 'service') return label!;
    if (kind === 'fee') return `Frais de service (${french.percent(content.feeBasisPoints)} de la valeur faciale)`;
    if (content.kind === 'credit_note' && netCents !== content.orderCents) return `Valeur faciale de chèques, commande ${content.orderReference}`;
    const vouchers = `chèques de ${french.money(content.voucherCents)}`;
    return quantity > 1 || netCents === content.orderCents ? `Valeur faciale : ${vouchers}`
      : `Part de la valeur faciale de ${content.voucherCount} ${vouchers} (${french.money(content.orderCents)})`;
  },
  exemption: (content) => `${REGIME_FR[content.vatRegime]}${provision(content)}${hasUntaxedFee(content) ? '. Frais exonérés de TVA' : ''}`,
  creditReason: ({ cites }) => (cites ? `Avoir sur la facture ${cites.number} du ${french.day(cites.issuedOn)} : ${REASON_FR[cites.reason]}` : ''),
  day: (day) => day.split('-').reverse().join('/'), money: (cents) => `${number(cents, NARROW, ',')}\u00a0€`,
  percent: (basisPoints) => `${rate(basisPoints, ',')}\u00a0%`,
};

const english: InvoiceWords = {
  title: ({ kind, number }) => `${{ quote: 'Quote', invoice: 'Invoice', credit_note: 'Credit note' }[kind]} no. ${number}`,
  issued: 'Issued on', due: 'To be paid by', bindsUntil: 'Valid until', buyer: 'Customer', programme: 'Programme', order: 'Order',
  service: 'Service code', engagement: 'Engagement number', copy: 'Translation for readers. The French document is the one that counts.',
  columns: { label: 'Description', quantity: 'Quantity', unit: 'Unit price', net: 'Net amount', vat: 'VAT' },
  totals: { net: 'Net total', vat: 'VAT', total: 'Total', toPay: 'Amount due', credited: 'Amount credited' },
  pay: 'Transfer to', holder: 'Account holder', reference: 'Reference to give', noVat: 'none', page: (at, of) => `Page ${at} of ${of}`,
  legal: {
    penalties: 'Late payment: interest at the legal rate plus ten points (for public bodies, the rate of the ECB plus eight points).',
    indemnity: 'Late payment: a fixed indemnity of €40 for recovery costs.',
    discount: 'No discount for early payment.',
  },
  sellerLine: ({ name, legalForm, registry, vatNumber }) => `${name} - ${legalForm} - ${registry} - VAT ${vatNumber}`,
  lineLabel: (content, { kind, label, quantity, netCents }) => {
    if (kind === 'service') return label!;
    if (kind === 'fee') return `Service fee (${english.percent(content.feeBasisPoints)} of the face value)`;
    if (content.kind === 'credit_note' && netCents !== content.orderCents) return `Face value of vouchers, order ${content.orderReference}`;
    const vouchers = `vouchers of ${english.money(content.voucherCents)}`;
    return quantity > 1 || netCents === content.orderCents ? `Face value: ${vouchers}`
      : `Share of the face value of ${content.voucherCount} ${vouchers} (${english.money(content.orderCents)})`;
  },
  exemption: (content) => `${REGIME_EN[content.vatRegime]}${provision(content)}${hasUntaxedFee(content) ? '. Fees exempt from VAT' : ''}`,
  creditReason: ({ cites }) => (cites ? `Credit note on invoice ${cites.number} of ${english.day(cites.issuedOn)}: ${REASON_EN[cites.reason]}` : ''),
  day: (day) => day, money: (cents) => `€${number(cents, ',', '.')}`, percent: (basisPoints) => `${rate(basisPoints, '.')}%`,
};

const WORDS: Readonly<Record<Language, InvoiceWords>> = { fr: french, en: english };
export const wordsFor = (language: Language): InvoiceWords => WORDS[language];
