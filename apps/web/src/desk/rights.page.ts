// Who had which rights at a moment: of a person or of an organisation, each right with the event that proves it.
import { headline, part, table } from '../components.js';
import { count, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Rights } from './desk.data.js';

export type RightsView = Readonly<{ of: string; at: string; rights: Read<Rights> | undefined }>;

export function rightsPage(visit: SignedInVisit, { of, at, rights }: RightsView): Html {
  const { say } = visit;
  const title = say('Qui avait quels droits', 'Who had which rights');
  return signedInPage(visit, title, html`<p class="small"><a href="/desk">${say('Bureau de contrôle', 'Auditor’s desk')}</a></p><h1>${title}</h1>
<form method="get" action="/desk/rights"><div class="field"><label for="of">${say('Personne (usr_…) ou organisation (org_…)', 'Person (usr_…) or organisation (org_…)')}</label>
<input id="of" name="of" value="${of}" required pattern="(usr|org)_[0-9a-f\\-]{36}"></div>
<div class="field"><label for="at">${say('Jour (vide : aujourd’hui)', 'Day (empty: today)')}</label><input id="at" name="at" type="date" value="${at}"></div>
<p class="field"><button class="button filled">${say('Montrer', 'Show')}</button></p></form>
${rights && part(rights, say, title, (found) => shown(visit, found))}`);
}

function shown({ say, language }: SignedInVisit, { at, memberships, secondFactors, mandates, history }: Rights): Html {
  const proof = (eventId: string, text: string) => html`<a href="/events/one/${eventId}">${text}</a>`;
  const held = memberships.filter(({ state }) => state === 'in_force').length;
  return html`${headline(say(`${count(held, language)} en vigueur`, `${count(held, language)} in force`), moment(at, language))}
<section class="section"><h2>${say('Rôles', 'Roles')}</h2>${table(say('Rôles', 'Roles'), [
    { head: say('Personne', 'Person'), cell: ({ userId }: Rights['memberships'][number]) => html`<code title="${userId}">${shortId(userId)}</code>` },
    { head: say('Organisation', 'Organisation'), cell: ({ organisationId, kind }) => html`${kind} <code title="${organisationId}">${shortId(organisationId)}</code>` },
    { head: say('Rôles', 'Roles'), cell: ({ roles }) => roles.join(', ') },
    { head: say('État', 'State'), cell: ({ state }) => (state === 'in_force' ? pill('ok', say('En vigueur', 'In force')) : pill('wait', say('Proposé', 'Proposed'))) },
    { head: say('Depuis', 'Since'), cell: ({ since, eventId }) => proof(eventId, moment(since, language)) },
  ], memberships)}</section>
${secondFactors.length > 0 && html`<section class="section"><h2>${say('Second facteur', 'Second factor')}</h2><ul class="lines">${secondFactors.map(({ state, since, eventId }) =>
    html`<li>${state === 'in_force' ? pill('ok', say('En service', 'In force')) : pill('wait', say('Commencé', 'Begun'))} ${proof(eventId, moment(since, language))}</li>`)}</ul></section>`}
${mandates.length > 0 && html`<section class="section"><h2>${say('Mandats', 'Mandates')}</h2><ul class="lines">${mandates.map(({ from, until, eventId }) =>
    html`<li>${proof(eventId, `${day(from, language)} – ${day(until, language)}`)}</li>`)}</ul></section>`}
<section class="section"><h2>${say('Tout ce qui s’est passé', 'All that happened')}</h2>${table(say('Histoire', 'History'), [
    { head: say('Moment', 'Moment'), cell: (one: Rights['history'][number]) => moment(one.at, language) },
    { head: say('Événement', 'Event'), cell: ({ type, eventId }) => proof(eventId, type) },
    { head: say('Par', 'By'), cell: ({ by }) => html`<code title="${by}">${by.length > 20 ? shortId(by) : by}</code>` },
  ], history)}</section>`;
}
