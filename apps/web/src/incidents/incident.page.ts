// One incident: what was wrong, who said so, who decided, and in which statement it counts.
import { z } from 'zod';
import { headline } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { amount, amountText, count, day, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { INCIDENT_KINDS, wordOf } from '../operator/words.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { incident, type Incident } from './incidents.list.js';

const back = ({ say }: SignedInVisit) => ({ href: '/incidents', word: say('Anomalies de remboursement', 'Incidents') });

export const incidentPage: DecisionPage<Incident> = {
  route: 'incidents/:id', prefix: 'icd', back,
  load: (ask, id) => oneOf(ask, `/settlement/incidents?limit=1&incidentId=${id}`, incident),
  title: ({ kind, legalName }, { say }) => `${wordOf(INCIDENT_KINDS, kind, say)} – ${legalName ?? say('organisme à compléter', 'legal body to be completed')}`,
  show, forms,
};

function show(one: Incident, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const { kind, state, amountCents, dueSeq } = one;
  const what = kind === 'gesture' ? say('donnés au bénéficiaire, à la charge de l’opérateur.', 'given to the payee, borne by the operator.')
    : say('à reprendre au bénéficiaire, dans son prochain relevé.', 'to be taken back from the payee, in its next statement.');
  return html`${headline(amount(amountCents, language), what)}<p class="field">${status(state, say)}</p>
<section class="section">${facts([
    [say('Encaissement', 'Redemption'), html`<code title="${one.redemptionId}">${shortId(one.redemptionId)}</code>`],
    [say('Service du', 'Service of'), day(one.serviceDate, language)],
    [say('Bénéficiaire du virement', 'Payee'), html`<a href="/payees/${one.payeeId}">${one.legalName ?? say('à compléter', 'to be completed')}</a>`],
    [say('Lieu', 'Place'), html`<a href="/registered-places/${one.placeId}">${shortId(one.placeId)}</a>`],
  ])}</section>
${timeline(visit, [
    { what: say('Déclarée', 'Stated'), at: one.createdAt, who: one.createdBy, more: one.note },
    one.decidedAt !== null && {
      what: state === 'validated' ? say('Validée par une seconde personne', 'Validated by a second person') : say('Annulée : rien ne bouge', 'Cancelled: nothing moves'),
      at: one.decidedAt, who: one.decidedBy, more: one.decisionNote,
    },
    state === 'stated' && { what: say('Une seconde personne valide, ou annule', 'A second person validates, or cancels'), isToCome: true },
    state === 'validated' && dueSeq !== null && {
      what: html`${say('Compte dans le premier relevé qui atteint le numéro', 'Counts in the first statement that reaches number')} ${count(dueSeq, language)}`,
      more: html`<a href="/payee-statements?payeeId=${one.payeeId}">${say('Relevés de ce bénéficiaire', 'Statements of this payee')}</a>`,
    },
  ])}`;
}

function forms(one: Incident, { say, language }: SignedInVisit): readonly DecisionForm[] {
  if (one.state !== 'stated') return [];
  const sum = amountText(one.amountCents, language);
  const why = (hint: string) => [{ name: 'note', kind: 'long' as const, max: 500, label: say('Pourquoi ?', 'Why?'), hint }];
  return [
    {
      step: 'validate', title: say('Valider', 'Validate'), filled: true, roles: ['approver'],
      says: one.kind === 'gesture' ? say(`${sum} seront dus au bénéficiaire, et l’opérateur les porte.`, `${sum} will be owed to the payee, and the operator bears it.`)
        : say(`Le bénéficiaire doit ${sum} : son prochain relevé en est diminué, et les financeurs retrouvent leur couverture.`,
          `The payee owes ${sum}: its next statement is less by it, and the payers have their cover again.`),
      fields: why(say('Le lieu lit la première explication ; celle-ci reste ici.', 'The place reads the first explanation; this one stays here.')),
      button: say(`Valider ${sum}`, `Validate ${sum}`),
      send: (values) => ({ path: `/settlement/incidents/${one.incidentId}/validate`, body: values }),
    },
    {
      step: 'cancel', title: say('Annuler', 'Cancel'), roles: ['operator', 'approver'],
      says: say('Rien ne bouge, et la ligne peut être corrigée autrement.', 'Nothing moves, and the line may be corrected otherwise.'),
      fields: why(''), button: say('Annuler l’anomalie', 'Cancel the incident'),
      send: (values) => ({ path: `/settlement/incidents/${one.incidentId}/cancel`, body: values }),
    },
  ];
}

const created = z.object({ incidentId: z.string() });

/** States one; what is stated moves nothing by itself. */
export const newIncidentPage: DecisionPage<null> = {
  route: 'incidents/new', back,
  load: async () => ({ ok: true, value: null }),
  title: (_, { say }) => say('Déclarer une anomalie', 'State an incident'),
  show: (_, { say }) => html`<p class="lead">${say('Une ligne d’un relevé clos était fausse, ou l’opérateur donne quelque chose à côté. Rien ne bouge avant qu’une autre personne valide.',
    'A line of a closed statement was wrong, or the operator gives something beside it. Nothing moves before somebody else validates it.')}</p>`,
  forms: (_, { say }) => [{
    step: 'state', title: say('Ce qui était faux', 'What was wrong'), filled: true, roles: ['operator', 'approver'],
    says: say('L’encaissement est dans le relevé du lieu ; une fraude reprend toute la ligne.', 'The redemption is in the statement of the place; a fraud takes the whole line back.'),
    fields: [
      { name: 'redemptionId', kind: 'text', max: 40, label: say('Encaissement', 'Redemption'), hint: say('Comme il est dans le relevé : red_…', 'As it is in the statement: red_…') },
      { name: 'kind', kind: 'choice', label: say('Nature', 'Kind'), choices: Object.entries(INCIDENT_KINDS).map(([value, words]) => [value, say(...words)] as const) },
      { name: 'amountCents', kind: 'amount', optional: true, label: say('Montant en trop, ou donné', 'Amount that was too much, or given'), hint: say('Vide pour une fraude.', 'Empty for a fraud.') },
      { name: 'note', kind: 'long', max: 500, label: say('Pourquoi ?', 'Why?'), hint: say('Le lieu peut le lire une fois l’anomalie validée.', 'The place can read it once the incident is validated.') },
    ],
    button: say('Déclarer l’anomalie', 'State the incident'),
    send: (values) => ({ path: '/settlement/incidents', body: values }),
    then: (answer) => `/incidents/${created.parse(answer).incidentId}`,
  }],
};
