// What the rules of a programme are about, in words.
import type { WordsOf } from '../operator/words.js';

export const KINDS: WordsOf = { balance: ['Avec un solde : se dépense en plusieurs fois', 'With a balance: spent in several goes'], unit: ['À l’unité : se dépense en une fois', 'Whole: spent in one go'] };
export const ON_EXPIRY: WordsOf = {
  refund: ['Rendu aux financeurs', 'Given back to the payers'], roll_over: ['Gardé pour la prochaine commande', 'Kept for the next order'], commons: ['Donné au fonds commun', 'Given to the commons'],
};
export const TARGET_PUBLICS: WordsOf = {
  young_people: ['Jeunes', 'Young people'], students: ['Étudiants', 'Students'], families: ['Familles', 'Families'], seniors: ['Personnes âgées', 'Seniors'], women: ['Femmes', 'Women'],
  job_seekers: ['Personnes en recherche d’emploi', 'Job seekers'], minimum_income: ['Bénéficiaires de minima sociaux', 'On a minimum income'], people_with_disabilities: ['Personnes handicapées', 'People with disabilities'],
  newcomers: ['Personnes arrivées en France', 'Newcomers'], rural_residents: ['Habitants de zones rurales', 'Rural residents'],
};
export const VAT_REGIMES: WordsOf = {
  multi_purpose: ['Bons à usages multiples', 'Multi-purpose vouchers'], out_of_scope: ['Hors champ de la TVA', 'Out of the scope of VAT'], exempt: ['Exonéré', 'Exempt'],
};
