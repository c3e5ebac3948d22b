// What an orientation letter says, in the two languages of its readers.
import { dayInWords, type LocalDate } from '#libs/kernel';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;
export const localeOf = (language: Language): string => LOCALES[language];

const kilometres = (language: Language, distance: number): string =>
  new Intl.NumberFormat(LOCALES[language], { style: 'unit', unit: 'kilometer', maximumFractionDigits: distance < 10 ? 1 : 0 }).format(distance);

export type Words = Readonly<{
  title: string; programme: (name: string) => string; until: (date: LocalDate) => string; service: (name: string) => string;
  steps: readonly string[]; places: string; noPlaces: string; distance: (km: number) => string; footer: string;
}>;

export const WORDS: Readonly<Record<Language, Words>> = {
  fr: {
    title: 'Où utiliser vos chèques',
    programme: (name) => `Programme : ${name}`,
    until: (date) => `Service à recevoir jusqu’au ${dayInWords(date, 'fr')} inclus.`,
    service: (name) => `Pour : ${name}`,
    steps: [
      'Choisissez un lieu ci-dessous et prenez rendez-vous, ou venez aux heures d’ouverture.',
      'Demandez si le lieu propose ce dont vous avez besoin.',
      'Apportez votre carnet. Personne ne vous demandera votre nom pour utiliser un chèque.',
    ],
    places: 'Près de chez vous',
    noPlaces: 'Aucun lieu n’accepte encore ces chèques. Demandez à la personne qui vous les a remis.',
    distance: (km) => `à environ ${kilometres('fr', km)}`,
    footer: 'Carnet perdu ? Retournez là où il vous a été remis : les chèques peuvent être arrêtés et remplacés.',
  },
  en: {
    title: 'Where to use your vouchers',
    programme: (name) => `Programme: ${name}`,
    until: (date) => `To be used by ${dayInWords(date, 'en')} at the latest.`,
    service: (name) => `For: ${name}`,
    steps: [
      'Choose a place below and make an appointment, or come during opening hours.',
      'Ask whether the place offers what you need.',
      'Bring your booklet. Nobody will ask your name to use a voucher.',
    ],
    places: 'Near you',
    noPlaces: 'No place takes these vouchers yet. Ask the person who gave them to you.',
    distance: (km) => `about ${kilometres('en', km)} away`,
    footer: 'Lost your booklet? Go back to where you got it: vouchers can be stopped and replaced.',
  },
};

/** The national names of services, and what they are in English. A code without a name here is not asked for. */
export const SERVICES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  administrative_steps: { fr: 'Aide aux démarches administratives', en: 'Help with administrative steps' },
  everyday_tools: { fr: 'Maîtrise des outils numériques du quotidien', en: 'Everyday digital tools' },
  employment: { fr: 'Insertion professionnelle via le numérique', en: 'Finding work with digital tools' },
  safe_use: { fr: 'Utilisation sécurisée du numérique', en: 'Safe use of digital tools' },
  family_and_education: { fr: 'Parentalité et éducation avec le numérique', en: 'Family and education' },
  leisure_and_creation: { fr: 'Loisirs et créations numériques', en: 'Leisure and digital creation' },
  digital_world: { fr: 'Compréhension du monde numérique', en: 'Understanding the digital world' },
  access_and_equipment: { fr: 'Accès internet et matériel informatique', en: 'Internet access and equipment' },
  equipment_at_solidarity_price: { fr: 'Acquisition de matériel informatique à prix solidaire', en: 'Equipment at a solidarity price' },
};
