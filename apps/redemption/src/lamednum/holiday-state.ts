/** Where public holidays are other than on the mainland: the days of abolition overseas, Good Friday in Alsace and Moselle. */
const STATES: readonly (readonly [RegExp, string])[] = [
  [/^57/, 'Moselle'], [/^67/, 'Bas-Rhin'], [/^68/, 'Haut-Rhin'], [/^97133|^977/, 'Saint-Barthélemy'], [/^97150|^978/, 'Saint-Martin'],
  [/^971/, 'Guadeloupe'], [/^972/, 'Martinique'], [/^973/, 'Guyane'], [/^974/, 'La Réunion'], [/^975/, 'Saint-Pierre-et-Miquelon'],
  [/^976/, 'Mayotte'], [/^986/, 'Wallis-et-Futuna'], [/^987/, 'Polynésie française'], [/^988/, 'Nouvelle-Calédonie'],
];

/** The name by which a calendar of holidays knows the part of France of an INSEE or postal code; empty where there is but one calendar. */
export const holidayStateOf = (code: string): string => STATES.find(([start]) => start.test(code))?.[1] ?? '';
