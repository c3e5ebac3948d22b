// What an attendance sheet says, in the two languages of its readers. Services have the names of the national nomenclature.
import { withFirstOfMonth, type Cents, type LocalDate } from '#libs/kernel';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export const WORDS = {
  fr: {
    title: 'Feuille d’émargement', place: 'Lieu', day: 'Date', service: 'Service', duration: 'Durée', participants: 'Participants', programmes: 'Programme',
    unknown: 'non précisé', minutes: (count: number) => `${count} min`,
    columns: ['N°', 'Heure', 'Référence', 'Chèque', 'Payé en plus', 'Nom et prénom', 'Signature'],
    total: (count: number, amount: string) => `${count} ${count > 1 ? 'chèques utilisés' : 'chèque utilisé'}, ${amount} en tout`,
    undone: (count: number) => `${count} ${count > 1 ? 'utilisations annulées ne figurent' : 'utilisation annulée ne figure'} pas ici.`,
    mediator: 'Nom et signature de la personne qui a animé l’atelier',
    privacy: 'Un nom n’est pas nécessaire pour utiliser un chèque. Ne faites signer que si la convention du financeur le demande ; cette feuille '
      + 'reste au lieu, qui en répond.',
  },
  en: {
    title: 'Attendance sheet', place: 'Place', day: 'Date', service: 'Service', duration: 'Duration', participants: 'Participants', programmes: 'Programme',
    unknown: 'not stated', minutes: (count: number) => `${count} min`,
    columns: ['No.', 'Time', 'Reference', 'Voucher', 'Paid besides', 'Name', 'Signature'],
    total: (count: number, amount: string) => `${count} ${count > 1 ? 'vouchers' : 'voucher'} used, ${amount} in all`,
    undone: (count: number) => `${count} undone ${count > 1 ? 'redemptions are' : 'redemption is'} left out.`,
    mediator: 'Name and signature of whoever led the workshop',
    privacy: 'No name is needed to use a voucher. Ask for signatures only where the funding agreement wants them; this sheet stays with the place, '
      + 'which answers for it.',
  },
} as const;

export const localeOf = (language: Language): 'fr-FR' | 'en-GB' => LOCALES[language];
export const euros = (language: Language, amount: Cents): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' }).format(Number(amount) / 100);
export const day = (language: Language, date: LocalDate): string =>
  withFirstOfMonth(new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`)), language);
export const timeIn = (language: Language, timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'short', timeZone }).format(at);
