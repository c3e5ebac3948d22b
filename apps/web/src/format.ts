// Numbers and days as people read them. Amounts are whole cents until here, and never become a fraction on the way.
import { dayInWords, withFirstOfMonth } from '#libs/kernel';
import { html, type Html } from './html.js';
import type { Language } from './language.js';

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-IE' };
/** Where instants are shown: the operator's own time. Days of service are local dates and need no zone. */
const TIME_ZONE = 'Europe/Paris';

/** Fonts often lack the narrow space that French puts between thousands. */
const plainSpaces = (text: string): string => text.replaceAll('\u202F', '\u00A0');

/** `1 152,00 €`, `€1,152.00`. */
export function amountText(cents: number, language: Language): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const decimal = `${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`;
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' });
  return `${cents < 0 ? '\u2212' : ''}${plainSpaces(format.format(decimal))}`;
}

export const amount = (cents: number, language: Language): Html => html`<span class="amount">${amountText(cents, language)}</span>`;

export const count = (value: number, language: Language): string => plainSpaces(new Intl.NumberFormat(LOCALES[language]).format(value));

/** `1 chèque`, `2 chèques`, `0 chèque`: French has its plural from two on. */
export function counted(value: number, language: Language, [one, many]: readonly [one: string, many: string]): string {
  const single = new Intl.PluralRules(language).select(value) === 'one';
  return `${count(value, language)}\u00A0${single ? one : many}`;
}

/** `24 nov. 2026` from `2026-11-24`; an en dash for what is not known. */
export function day(text: string | null | undefined, language: Language): string {
  const at = Date.parse(`${text ?? ''}T00:00:00Z`);
  if (Number.isNaN(at)) return '–';
  return withFirstOfMonth(new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(at), language);
}

/** `24 novembre 2026`, in a sentence. */
export function longDay(text: string | null | undefined, language: Language): string {
  return text && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? dayInWords(text, language) : '–';
}

/** `24 nov. 2026, 14 h 32`, from an instant. */
export function moment(text: string | null | undefined, language: Language): string {
  const at = Date.parse(text ?? '');
  if (Number.isNaN(at)) return '–';
  const date = withFirstOfMonth(new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeZone: TIME_ZONE }).format(at), language);
  return `${date}, ${clock(text, language)}`;
}

/** `14 h 32`, `14:32`. */
export function clock(text: string | null | undefined, language: Language): string {
  const at = Date.parse(text ?? '');
  if (Number.isNaN(at)) return '–';
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: TIME_ZONE }).format(at);
  return language === 'fr' ? time.replace(':', '\u00A0h\u00A0') : time;
}

/** `demain 14 h`, `18 h 30`: when a door opens or shuts, by the clock there; today without the day. */
export function clockAt(text: string, timeZone: string, language: Language, now = new Date()): string {
  const at = new Date(text);
  const dayOf = (moment: Date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment);
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(at);
  const shown = language === 'fr' ? time.replace(':', '\u00A0h\u00A0').replace(/\u00A000$/, '') : time;
  if (dayOf(at) === dayOf(now)) return language === 'fr' ? shown.replace(/^0/, '') : shown;
  const weekday = withFirstOfMonth(new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(at), language);
  return language === 'fr' ? `${weekday} à ${shown.replace(/^0/, '')}` : `${weekday} at ${shown}`;
}

/** `2,1 km`, `moins de 1 km`. */
export function kilometres(km: number, language: Language): string {
  if (km < 1) return language === 'fr' ? 'moins de 1\u00A0km' : 'under 1\u00A0km';
  return `${new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 1 }).format(km)}\u00A0km`;
}

/** An amount in euros as people type it, in cents; undefined when it is none. */
export function centsTyped(text: string): number | undefined {
  const typed = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s€]/g, ''));
  if (!typed) return undefined;
  return Number(typed[1]) * 100 + Number((typed[2] ?? '').padEnd(2, '0'));
}

/** In groups of four, as banks print an IBAN and people read long codes. */
export const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');

/** The last part of a long id, enough to tell two apart on a screen. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;
