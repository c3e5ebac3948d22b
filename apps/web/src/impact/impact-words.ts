// What measures, coefficients and what is unknown of them are called, on every page that shows impact.
import type { CoefficientCode, Measure } from '#libs/figures';
import { amountText } from '../format.js';
import { html, type Html } from '../html.js';
import type { Visit } from '../visit.js';
import type { Words } from '../lists/list.js';
import type { Coefficient, Estimate } from './impact.data.js';

const MEASURE_WORDS: Readonly<Record<Measure, Readonly<{ name: Words; method: Words }>>> = {
  jobs: { name: ['Emplois à temps plein', 'Full-time jobs'], method: ['heures déclarées, divisées par les heures payées d’un temps plein dans l’année', 'declared hours, divided by the paid hours of a full-time job in a year'] },
  avoided_cost_cents: { name: ['Coûts évités', 'Avoided costs'], method: ['personnes aidées, multipliées par le coût évité pour une personne', 'people helped, times the cost avoided for one'] },
  local_spending_cents: { name: ['Dépenses restées sur le territoire', 'Spending that stayed in the territory'], method: ['sommes encaissées, multipliées par la part dépensée sur place', 'what was redeemed, times the share that is spent there'] },
  consolidated_places: { name: ['Lieux consolidés', 'Places that reach what keeps one open'], method: ['lieux qui, au rythme de la période, atteignent dans l’année la somme qui permet de rester ouvert', 'places that reach, at the pace of the period, what lets one stay open for a year'] },
};
export const UNKNOWN: Readonly<Record<string, Words>> = {
  no_coefficient: ['Inconnu : aucun coefficient n’est publié.', 'Unknown: no coefficient is published.'],
  rejected: ['Inconnu : vous n’acceptez pas le coefficient.', 'Unknown: you reject the coefficient.'],
  no_duration_declared: ['Inconnu : aucun lieu n’a déclaré de durée.', 'Unknown: no place declared a duration.'],
  few_people: ['Inconnu : trop peu de personnes pour le dire.', 'Unknown: too few people to say.'],
  nothing_rendered: ['Inconnu : rien n’a été rendu.', 'Unknown: nothing was rendered.'],
};
export const COEFFICIENT_NAMES: Readonly<Record<CoefficientCode, Words>> = {
  legal_year_hours: ['Heures payées d’un temps plein par an', 'Paid hours of a full-time job in a year'],
  avoided_cost_cents_per_person: ['Coût évité par personne aidée', 'Cost avoided per person helped'],
  local_share: ['Part dépensée sur le territoire', 'Share spent in the territory'],
  consolidating_cents_per_year: ['Somme par an qui permet de rester ouvert', 'Amount a year that lets a place stay open'],
};

/** The value, and between which bounds: an estimate never stands alone. */
export function rangeText({ say, language }: Pick<Visit, 'say' | 'language'>, measure: Measure, { low, value, high }: Estimate): Html {
  const isMoney = measure.endsWith('_cents');
  const text = (number: number): string => (isMoney ? amountText(Math.round(number), language)
    : new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-IE', { maximumFractionDigits: measure === 'jobs' ? 2 : 0 }).format(number).replaceAll('\u202F', '\u00A0'));
  return html`<b class="amount">${text(value)}</b> <span class="small">${say(`entre ${text(low)} et ${text(high)}`, `between ${text(low)} and ${text(high)}`)}</span>`;
}

export const measureText = ({ say }: Pick<Visit, 'say'>, measure: Measure): Html =>
  html`<b>${say(...MEASURE_WORDS[measure].name)}</b><div class="small quiet">${say(...MEASURE_WORDS[measure].method)}</div>`;

/** `used`: the version itself, where it is known. */
export const coefficientText = (
  { say }: Pick<Visit, 'say'>, { code, version }: Pick<Coefficient, 'code' | 'version'>, used: Coefficient | undefined,
): Html => html`${say(...COEFFICIENT_NAMES[code])}
<div class="small quiet">${used && `${used.source} (${used.sourceYear}) · ${used.scope} · `}${say('version', 'version')} ${version}</div>`;
