// What a letter says, in the language of whoever gets it: short sentences, no word of the trade, no code.
import { dayInWords, type Cents } from '#libs/kernel';
import type { Cover } from '../booklet-sheets/cover.store.js';
import type { NearPlace } from '../know-places/known-place.store.js';
import type { LetterLanguage } from '../print-batch/print-form.decision.js';

export type LetterText = Readonly<{
  number: string; worth: string;
  sections: readonly Readonly<{ title: string; paragraphs: readonly string[] }>[];
}>;
/** What one letter is about: a booklet or a loose voucher, by the number on it. */
export type LetterSubject = Readonly<{ number: string; isBooklet: boolean; count: number }>;

type Words = Readonly<{
  number: (subject: LetterSubject) => string; worth: (count: number, face: string, payers: string) => string;
  until: string; service: (day: string) => string; balance: string; unit: string;
  how: string; steps: readonly string[]; near: string; none: string; away: (km: string) => string;
  lost: string; lostHow: (number: string) => string;
}>;

const WORDS: Readonly<Record<LetterLanguage, Words>> = {
  fr: {
    number: ({ number, isBooklet }) => (isBooklet ? `Carnet n° ${number}` : `Chèque n° ${number}`),
    worth: (count, face, payers) => `${count > 1 ? `${count} chèques` : '1 chèque'} de ${face}, offerts par ${payers}.`,
    until: 'Jusqu’à quand', service: (day) => `Utilisez-les au plus tard le ${day}. Après, ils ne valent plus rien.`,
    balance: 'Vous pouvez utiliser un chèque en plusieurs fois.', unit: 'Un chèque s’utilise en une fois.',
    how: 'Comment faire',
    steps: [
      '1. Choisissez un lieu qui accepte ces chèques et prenez rendez-vous.',
      '2. Venez avec vos chèques. Le lieu lit le code de chacun.',
      '3. Ne donnez jamais un code par téléphone ou par message : qui a le code peut dépenser le chèque.',
    ],
    near: 'Près de chez vous', none: 'Demandez la liste des lieux à la personne qui vous remet ces chèques.', away: (km) => `à ${km} km`,
    lost: 'Perdus ou volés ?', lostHow: (number) => `Prévenez vite qui vous les a remis, avec ce numéro : ${number}. Ils seront bloqués et remplacés.`,
  },
  en: {
    number: ({ number, isBooklet }) => (isBooklet ? `Booklet no. ${number}` : `Voucher no. ${number}`),
    worth: (count, face, payers) => `${count > 1 ? `${count} vouchers` : '1 voucher'} of ${face}, paid for by ${payers}.`,
    until: 'Until when', service: (day) => `Use them by ${day} at the latest. After that they are worth nothing.`,
    balance: 'You may use a voucher in several parts.', unit: 'A voucher is used all at once.',
    how: 'How to use them',
    steps: [
      '1. Choose a place that takes these vouchers and make an appointment.',
      '2. Bring your vouchers. The place reads the code on each.',
      '3. Never give a code by telephone or message: whoever has the code can spend the voucher.',
    ],
    near: 'Near you', none: 'Ask whoever gives you these vouchers for the list of places.', away: (km) => `${km} km away`,
    lost: 'Lost or stolen?', lostHow: (number) => `Tell whoever gave them to you at once, with this number: ${number}. They will be stopped and replaced.`,
  },
};
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export function letterText(language: LetterLanguage, cover: Cover, places: readonly NearPlace[]): (subject: LetterSubject) => LetterText {
  const words = WORDS[language];
  const face = euros(language, cover.face);
  const validity = [words.service(dayInWords(cover.usableUntil, language)), words[cover.kind]];
  const near = places.length > 0 ? places.map((place) => placeLine(language, place)) : [words.none];
  const payers = cover.payers.join(', ');
  return (subject) => ({
    number: words.number(subject), worth: words.worth(subject.count, face, payers),
    sections: [
      { title: words.until, paragraphs: validity },
      { title: words.how, paragraphs: words.steps },
      { title: words.near, paragraphs: near },
      { title: words.lost, paragraphs: [words.lostHow(subject.number)] },
    ],
  });
}

function placeLine(language: LetterLanguage, { name, address, distanceKm }: NearPlace): string {
  const kilometres = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 1 });
  const away = distanceKm === null ? [] : [WORDS[language].away(kilometres.format(distanceKm))];
  return [name, ...(address === null ? [] : [address]), ...away].join(' · ');
}

function euros(language: LetterLanguage, amount: Cents): string {
  const digits = amount % 100n === 0n ? { maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR', ...digits }).format(Number(amount) / 100);
}

