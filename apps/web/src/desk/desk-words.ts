// The words of the auditor's desk in both languages, and its states as pills.
import { icon } from '../icons.js';
import { html, type Html } from '../html.js';
import type { Say } from '../language.js';
import { pill } from '../status.js';

type Words = Readonly<Record<string, readonly [french: string, english: string]>>;
const POPULATIONS: Words = {
  redemption: ['Encaissements', 'Redemptions'], claim_line: ['Lignes dues', 'Claim lines'], statement: ['Relevés', 'Statements'], payment: ['Virements', 'Payments'],
};
const STRATA: Words = {
  none: ['sans strate', 'not stratified'], programme: ['par programme', 'by programme'], place: ['par lieu', 'by place'], month: ['par mois', 'by month'],
  amount_band: ['par tranche de montant', 'by amount band'],
};
const SEVERITIES: Words = { minor: ['Mineur', 'Minor'], major: ['Majeur', 'Major'], critical: ['Critique', 'Critical'] };
const ADDRESSEES: Words = { operator: ['L’opérateur', 'The operator'], payer: ['Un financeur', 'A payer'], place: ['Un lieu', 'A place'] };
const OUTCOMES: Words = {
  settled: ['Réglé', 'Settled'], accepted_risk: ['Risque accepté', 'Risk accepted'], withdrawn: ['Retiré', 'Withdrawn'], unresolved: ['Non résolu', 'Unresolved'],
};
const REFUSALS: Words = {
  finding_closed: ['Ce constat est clos.', 'This finding is closed.'], filter_not_told: ['Cette population n’a pas cette strate.', 'This population has no such stratum.'],
  frame_too_small: ['Il y a moins d’éléments que la taille demandée.', 'There are fewer items than asked for.'], reply_due_past: ['Le jour de réponse est passé.', 'The day to reply is over.'],
  checkpoint_not_found: ['Le journal n’a pas encore de point signé.', 'The log has no signed checkpoint yet.'], mandate_missing: ['Aucun mandat n’est en vigueur.', 'No mandate is in force.'],
  mandate_ended: ['Votre mandat a pris fin.', 'Your mandate has ended.'], mandate_too_narrow: ['Votre mandat ne couvre pas cela.', 'Your mandate does not cover this.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow this.'], bands_malformed: ['Des montants qui montent, comme 10 ; 50 ; 100, avec les tranches de montant, et là seulement.', 'Rising amounts, such as 10; 50; 100, with bands of amounts, and there only.'],
  request_malformed: ['Un champ manque ou n’a pas la bonne forme.', 'A field is missing or of the wrong form.'],
};

const said = (words: Words) => (name: string, say: Say): string => (words[name] ? say(...words[name]) : name);
const VERDICTS: Words = { ok: ['Juste', 'Right'], not_ok: ['Pas juste', 'Not right'], open: ['À voir', 'Open'] };
const RULES: Words = {
  programme: ['Chèques', 'Vouchers'], fees: ['Frais des lieux', 'Fees of places'], closing: ['Arrêtés', 'Closings'],
  upstream_fees: ['Frais des financeurs', 'Fees of payers'], netting_terms: ['Convention de compensation', 'Netting terms'], tariff: ['Tarif d’un lieu', 'Tariff of a place'],
};
export const populationName = said(POPULATIONS);
export const stratumName = said(STRATA);
export const verdictName = said(VERDICTS);
export const ruleName = said(RULES);
export const severityName = said(SEVERITIES);
export const addresseeName = said(ADDRESSEES);
export const outcomeName = said(OUTCOMES);

export const choices = (words: 'populations' | 'strata' | 'severities' | 'outcomes', say: Say): Html => html`${Object.entries(
  { populations: POPULATIONS, strata: STRATA, severities: SEVERITIES, outcomes: OUTCOMES }[words])
  .map(([name, both]) => html`<option value="${name}">${say(...both)}</option>`)}`;

export function verdictPill(verdict: 'ok' | 'not_ok' | 'open', say: Say): Html {
  return pill(({ ok: 'ok', not_ok: 'no', open: 'wait' } as const)[verdict], verdictName(verdict, say));
}

export function findingPill(state: 'open' | 'replied' | 'closed', say: Say): Html {
  if (state === 'closed') return pill('mute', say('Clos', 'Closed'));
  return state === 'replied' ? pill('info', say('Répondu', 'Replied')) : pill('wait', say('Attend une réponse', 'Waits for a reply'));
}

/** What a service refused, above the form that asked it. */
export const refusedNotice = (code: string | undefined, say: Say): Html | undefined => (code === undefined ? undefined
  : html`<div class="notice no" role="alert">${icon('refused')}<p>${REFUSALS[code] ? say(...REFUSALS[code]) : say('Ce n’est pas fait. Réessayez.', 'It was not done. Try again.')} <code>${code}</code></p></div>`);
