// One mandate: who may look, at what, until when, who stands behind it; and who may confirm or end it.
import { headline } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { day, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { mandate, scopeOf, standingOf, type Mandate } from './mandates.list.js';

export const backToMandates = ({ say }: SignedInVisit) => ({ href: '/mandates', word: say('Mandats', 'Mandates') });

export const mandatePage: DecisionPage<Mandate> = {
  route: 'mandates/:id', prefix: 'mdt', back: backToMandates,
  load: (ask, id) => oneOf(ask, `/identity/mandates?limit=1&mandateId=${id}`, mandate),
  title: ({ organisationName }, { say }) => say(`Mandat de ${organisationName}`, `Mandate of ${organisationName}`),
  show, forms,
};

function show(one: Mandate, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const standing = standingOf(one);
  const named = (ids: readonly string[], all: string) => (ids.length === 0 ? all : html`${ids.map((id) => html`<code title="${id}">${shortId(id)}</code> `)}`);
  return html`${headline(html`${say('Jusqu’au', 'Until')} ${day(one.until, language)}`, html`${scopeOf(one, say)}.`)}<p class="field">${status(standing, say)}</p>
<section class="section">${facts([
    [say('Programmes', 'Programmes'), named(one.programmeIds, say('tous', 'all'))],
    [say('Financeurs', 'Payers'), named(one.payerIds, say('tous', 'all'))],
    [say('Premier jour', 'First day'), day(one.from, language)], [say('Dernier jour', 'Last day'), day(one.until, language)],
    [say('Pourquoi', 'Why'), one.purpose],
    [say('Donné par', 'Given by'), one.payerId === null ? say('l’opérateur', 'the operator') : html`<code title="${one.payerId}">${shortId(one.payerId)}</code>`],
  ])}</section>
${timeline(visit, [
    { what: one.payerId === null ? say('Proposé', 'Proposed') : say('Donné par le financeur', 'Given by the payer'), at: one.proposedAt, who: one.proposedBy },
    one.confirmedBy !== null && { what: say('Confirmé par une seconde personne', 'Confirmed by a second person'), who: one.confirmedBy },
    standing === 'proposed' && { what: say('Une seconde personne confirme', 'A second person confirms'), isToCome: true },
    one.endedAt !== null && { what: say('Terminé avant son dernier jour', 'Ended before its last day'), at: one.endedAt, who: one.endedBy },
  ])}`;
}

function forms(one: Mandate, { say, person: { organisation: { kind } } }: SignedInVisit): readonly DecisionForm[] {
  const standing = standingOf(one);
  if (standing === 'ended' || standing === 'past' || kind === 'auditor') return [];
  const confirm: DecisionForm = {
    step: 'confirmation', title: say('Confirmer', 'Confirm'), filled: true, roles: ['approver'], fields: [],
    says: say('Dès son premier jour, l’organisme lit ce que le mandat ouvre. Vous n’êtes pas la personne qui l’a proposé.', 'From its first day on the body reads what the mandate opens. You are not who proposed it.'),
    button: say('Confirmer le mandat', 'Confirm the mandate'),
    send: () => ({ path: `/identity/mandates/${one.mandateId}/confirmations`, body: {} }),
  };
  const end: DecisionForm = {
    step: 'end', title: say('Terminer maintenant', 'End it now'), roles: ['operator', 'approver', 'payer'], fields: [],
    says: say('L’organisme ne lit plus rien sous ce mandat : dans cinq minutes au plus. Cela ne se reprend pas : il en faudrait un autre.',
      'The body reads nothing more under this mandate: within five minutes at most. It is not taken back: another one would be needed.'),
    button: say('Terminer le mandat', 'End the mandate'),
    send: () => ({ path: `/identity/mandates/${one.mandateId}/end`, body: {} }),
  };
  return standing === 'proposed' ? [confirm, end] : [end];
}
