// A day in words, for letters, mails, sheets and pages.
const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;
export type WordLanguage = keyof typeof LOCALES;

/** French says the first of a month as an ordinal, which the data of its locale leaves out: `1er décembre 2026` of `1 décembre 2026`. */
export const withFirstOfMonth = (text: string, language: WordLanguage): string =>
  (language === 'fr' ? text.replace(/(^|\s)1(?=\s\p{L})/u, '$11er') : text);

/** `24 novembre 2026` of `2026-11-24`. Throws RangeError on what is no day. */
export function dayInWords(day: string, language: WordLanguage): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' });
  return withFirstOfMonth(format.format(Date.parse(`${day}T00:00:00Z`)), language);
}
