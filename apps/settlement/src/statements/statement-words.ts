// What a statement says on paper and in a workbook, in the two languages of its readers.
import { withFirstOfMonth, type Cents, type LocalDate } from '#libs/kernel';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export const WORDS = {
  fr: {
    title: 'Relevé', payee: 'Bénéficiaire', period: 'Mois', statement: 'Numéro', closed: 'Arrêté le', unknown: 'pas encore indiqué',
    reference: 'Libellé du virement', referenceOf: (id: string) => `MEREAU RELEVE ${id}, ou le premier relevé payé avec lui`,
    columns: ['N°', 'Encaissement', 'Service du', 'Barème', 'Brut', 'Frais HT', 'TVA', 'Commun', 'Net'],
    sheetColumns: [
      'Encaissement', 'Lieu', 'Programme', 'Barème', 'Service du', 'Brut (€)', 'Frais HT (€)', 'TVA (€)', 'Commun (€)', 'Net (€)', 'Version du tarif', 'Tarif (€)', 'Anomalie',
    ],
    total: 'Total', fees: 'Frais, par programme et version du barème',
    feeColumns: ['', 'Programme', 'Lignes', 'Barème', 'Brut', 'Frais HT', 'TVA', 'Commun', 'Net'],
    rates: (fee: string, vat: string, commons: string) => `frais ${fee} du brut, TVA ${vat} des frais, fonds commun ${commons} du brut`,
    netted: (version: number) => `Frais compensés selon les conditions acceptées, version ${version}.`,
    billed: (fee: string, vat: string) => `Frais facturés à part, faute de compensation acceptée : ${fee} HT, TVA ${vat}.`,
    held: 'Mis en attente à cet arrêté, dans aucun relevé avant une revue', heldLines: (count: number, amount: string) => `${count} ${count > 1 ? 'lignes' : 'ligne'}, ${amount} brut`,
    paidEarly: (day: string, amount: string) => `Acompte demandé le ${day}, déjà versé : ${amount}`,
    setOff: (number: string, amount: string) => `Compensé avec la note de débit ${number} : ${amount}`,
    invoiceSetOff: (number: string, amount: string) => `Compensé avec la facture ${number} : ${amount}`, toPay: (amount: string) => `Reste à payer : ${amount}`,
    nothingHeld: 'Rien n’a été mis en attente à cet arrêté.',
    reasons: { first_remittance: 'première remise, vue par une personne', place_suspended: 'lieu suspendu', place_withdrawn: 'agrément retiré' },
    digest: 'Empreinte SHA-256 du relevé :', page: (page: number) => `page ${page}`,
  },
  en: {
    title: 'Statement', payee: 'Payee', period: 'Month', statement: 'Number', closed: 'Closed on', unknown: 'not known yet',
    reference: 'Text of the payment', referenceOf: (id: string) => `MEREAU RELEVE ${id}, or the first statement paid with it`,
    columns: ['No.', 'Redemption', 'Service on', 'Rule', 'Gross', 'Fee', 'VAT', 'Commons', 'Net'],
    sheetColumns: [
      'Redemption', 'Place', 'Programme', 'Fee rule', 'Service on', 'Gross (€)', 'Fee (€)', 'VAT (€)', 'Commons (€)', 'Net (€)', 'Tariff version', 'Tariff (€)', 'Incident',
    ],
    total: 'Total', fees: 'Fees, by programme and version of the fee rule',
    feeColumns: ['', 'Programme', 'Lines', 'Rule', 'Gross', 'Fee', 'VAT', 'Commons', 'Net'],
    rates: (fee: string, vat: string, commons: string) => `fee ${fee} of the gross, VAT ${vat} of the fee, commons ${commons} of the gross`,
    netted: (version: number) => `Fees netted by the accepted terms, version ${version}.`,
    billed: (fee: string, vat: string) => `Fees billed apart, as no netting was accepted: ${fee} without VAT, VAT ${vat}.`,
    held: 'Held at this closing, in no statement before a review', heldLines: (count: number, amount: string) => `${count} ${count > 1 ? 'lines' : 'line'}, ${amount} gross`,
    paidEarly: (day: string, amount: string) => `Early payment asked for on ${day}, paid already: ${amount}`,
    setOff: (number: string, amount: string) => `Set off against debit note ${number}: ${amount}`,
    invoiceSetOff: (number: string, amount: string) => `Set off against invoice ${number}: ${amount}`, toPay: (amount: string) => `Left to pay: ${amount}`,
    nothingHeld: 'Nothing was held at this closing.',
    reasons: { first_remittance: 'first remittance, seen by a person', place_suspended: 'place suspended', place_withdrawn: 'accreditation withdrawn' },
    digest: 'SHA-256 of the statement:', page: (page: number) => `page ${page}`,
  },
} as const;

export type HeldFor = keyof (typeof WORDS)['fr']['reasons'];

export const localeOf = (language: Language): 'fr-FR' | 'en-GB' => LOCALES[language];
export const euros = (language: Language, amount: Cents): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' }).format(Number(amount) / 100);
export const percent = (language: Language, basisPoints: number): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
export const day = (language: Language, date: LocalDate): string =>
  new Intl.DateTimeFormat(LOCALES[language], { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
export const instant = (language: Language, at: Date, timeZone: string): string =>
  withFirstOfMonth(new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at), language);
