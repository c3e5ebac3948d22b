/** By INSEE code where there is one, else by postal code: their first three digits agree, except in Polynesia. */
const BY_START: readonly (readonly [RegExp, string])[] = [
  [/^97133|^977/, 'America/St_Barthelemy'], [/^97150|^978/, 'America/Marigot'], [/^971/, 'America/Guadeloupe'], [/^972/, 'America/Martinique'],
  [/^973/, 'America/Cayenne'], [/^974/, 'Indian/Reunion'], [/^975/, 'America/Miquelon'], [/^976/, 'Indian/Mayotte'],
  [/^984/, 'Indian/Kerguelen'], [/^986/, 'Pacific/Wallis'], [/^987/, 'Pacific/Tahiti'], [/^988/, 'Pacific/Noumea'],
];
const MARQUESAS = { insee: ['98718', '98723', '98731', '98746', '98756', '98757'], postal: /^9874\d$/ };
const GAMBIER = { insee: ['98719'], postal: /^987(55|92|93)$/ };

/** The IANA zone in which a site's days begin and end. */
export function timeZoneOf({ postalCode, inseeCode }: { postalCode: string; inseeCode?: string }): string {
  const isIn = ({ insee, postal }: typeof GAMBIER) => (inseeCode ? insee.includes(inseeCode) : postal.test(postalCode));
  if (isIn(MARQUESAS)) return 'Pacific/Marquesas';
  if (isIn(GAMBIER)) return 'Pacific/Gambier';
  return BY_START.find(([start]) => start.test(inseeCode ?? postalCode))?.[1] ?? 'Europe/Paris';
}
