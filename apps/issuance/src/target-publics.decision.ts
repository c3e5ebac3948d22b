// Whom a programme is for, by codes of our own. It tells payers, distributors and places what the money is meant for, and is
// checked nowhere: a voucher names nobody, and nobody proves anything at a counter. A code is never renamed or reused.

export const TARGET_PUBLIC_NAMES = {
  young_people: 'Jeunes',
  students: 'Étudiants',
  families: 'Familles et enfants',
  seniors: 'Seniors',
  women: 'Femmes',
  job_seekers: 'Demandeurs d’emploi',
  minimum_income: 'Allocataires de minima sociaux',
  people_with_disabilities: 'Personnes en situation de handicap',
  newcomers: 'Primo-arrivants',
  rural_residents: 'Habitants de zones rurales',
} as const;
export type TargetPublic = keyof typeof TARGET_PUBLIC_NAMES;
export const TARGET_PUBLICS = Object.keys(TARGET_PUBLIC_NAMES) as [TargetPublic, ...TargetPublic[]];
