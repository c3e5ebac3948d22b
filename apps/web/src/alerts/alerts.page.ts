// The operator's board: what the rules found, the worst first, and what a person makes of it. An alert accuses nobody, and the page
// says so before anything else.
import { uuidv7 } from 'uuidv7';
import { headline, part, table } from '../components.js';
import { amount, count, day, moment, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Board, BoardAlert, Fact, PlaceAlert } from './alerts.data.js';

export function boardPage(visit: SignedInVisit, { open, upheld }: Board): Html {
  const { say } = visit;
  return signedInPage(visit, say('Alertes', 'Alerts'), html`<h1>${say('Alertes', 'Alerts')}</h1>
<p class="lead">${say('Une alerte n’accuse personne : une règle a compté, quelqu’un regarde.', 'An alert accuses nobody: a rule counted, somebody looks.')}</p>
${part(open, say, say('Alertes ouvertes', 'Open alerts'), (alerts) => openPart(visit, alerts))}
<section class="section"><h2>${say('Confirmées', 'Upheld')}</h2>${part(upheld, say, say('Confirmées', 'Upheld'), (alerts) => upheldPart(visit, alerts))}</section>`);
}

export const textOf = ({ say }: SignedInVisit, { textFr, textEn }: Pick<PlaceAlert, 'textFr' | 'textEn'>): string => say(textFr, textEn);
const nameOf = ({ say }: SignedInVisit, { placeId, placeName }: BoardAlert): Piece =>
  (placeId === null ? say('Toutes les caisses', 'All tills') : placeName ?? shortId(placeId));

function openPart(visit: SignedInVisit, alerts: readonly BoardAlert[]): Html {
  const { say, language } = visit;
  if (alerts.length === 0) return headline(say('Rien', 'Nothing'), say('n’attend d’être regardé.', 'waits to be looked at.'));
  return html`${headline(count(alerts.length, language), say('à regarder, la plus grave d’abord.', 'to look at, the worst first.'))}${alertTable(visit, alerts, say('Alertes ouvertes', 'Open alerts'))}`;
}

function upheldPart(visit: SignedInVisit, alerts: readonly BoardAlert[]): Html {
  const { say } = visit;
  return alerts.length === 0 ? html`<p class="empty">${say('Aucune.', 'None.')}</p>` : alertTable(visit, alerts, say('Confirmées', 'Upheld'));
}

const alertTable = (visit: SignedInVisit, alerts: readonly BoardAlert[], caption: string): Html => {
  const { say, language } = visit;
  return table(caption, [
    { head: say('Lieu', 'Place'), cell: (one: BoardAlert) => nameOf(visit, one) },
    { head: say('Constat', 'What was found'), cell: (one) => html`<a href="/alerts/${one.alertId}">${textOf(visit, one)}</a>` },
    { head: say('Faits', 'Facts'), number: true, cell: ({ facts }) => count(facts, language) },
    { head: say('En jeu', 'At stake'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Vu jusqu’au', 'Seen until'), cell: ({ lastAt }) => moment(lastAt, language) },
    { head: say('Recours', 'Appeal'), cell: ({ appeal }) => appealPill(visit, appeal) },
  ], alerts);
};

export function appealPill({ say }: SignedInVisit, appeal: PlaceAlert['appeal']): Piece {
  if (appeal === null) return say('aucun', 'none');
  if (appeal.outcome === null) return pill('wait', say('À répondre', 'To be answered'));
  return appeal.outcome === 'upheld' ? pill('ok', say('Accepté', 'Upheld')) : pill('no', say('Rejeté', 'Rejected'));
}

export function alertPage(visit: SignedInVisit, alert: BoardAlert, facts: readonly Fact[], refused?: string): Html {
  const { say, language } = visit;
  return signedInPage(visit, say('Alerte', 'Alert'), html`<h1>${nameOf(visit, alert)}</h1>
${refused !== undefined && html`<div class="notice no" role="alert"><p>${refused}</p></div>`}
${headline(amount(alert.amountCents, language), say('en jeu.', 'at stake.'))}
<p class="lead">${textOf(visit, alert)}</p>
<p class="quiet">${say('Règles, version', 'Rules, version')} ${alert.ruleVersion}. ${say('Du', 'From')} ${moment(alert.firstAt, language)} ${say('au', 'to')} ${moment(alert.lastAt, language)}.</p>
${alert.state === 'open' ? decisionForms(visit, alert) : decidedPart(visit, alert)}
${alert.appeal && appealPart(visit, alert.appeal)}
<section class="section"><h2>${say('Faits', 'Facts')}</h2>${table(say('Faits', 'Facts'), [
    { head: say('Moment', 'Moment'), cell: ({ at }: Fact) => moment(at, language) },
    { head: say('Événement', 'Event'), cell: ({ eventId, type }) => html`<code>${type}</code> <code>${shortId(eventId)}</code>` },
    { head: say('Place au journal', 'Place in the log'), number: true, cell: ({ logIndex }) => logIndex },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => (amountCents === null ? '' : amount(amountCents, language)) },
    { head: say('État', 'State'), cell: ({ undone }) => (undone === true ? say('annulé depuis', 'undone since') : '') },
  ], facts)}</section>`);
}

function decisionForms({ say }: SignedInVisit, { alertId, amountCents }: BoardAlert): Html {
  const form = (step: string, label: string, hint: string, filled: boolean): Html => html`<form method="post" action="/alerts/${alertId}/${step}"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="${step}">${hint}</label><textarea id="${step}" name="text" required maxlength="1000" rows="3"></textarea></div>
<p class="field"><button class="button ${filled ? 'filled' : ''}">${label}</button></p></form>`;
  return html`<section class="section"><h2>${say('Décider', 'Decide')}</h2><div class="two">
<div>${form('dismissal', say('Classer', 'Dismiss'), say('Rien à retenir : pourquoi ?', 'Nothing in it: why?'), amountCents === 0)}</div>
${amountCents > 0 && html`<div>${form('upholding', say('Retenir ces lignes', 'Hold these lines'), say('Pourquoi ? Le lieu le lit, et peut contester.', 'Why? The place reads it, and may appeal.'), true)}</div>`}</div>
<p class="quiet">${say('Retenir ne rejette rien : une autre personne libère ou rejette les lignes. Suspendre le lieu est une mesure à part, par l’API (POST /redemption/places/…/suspensions).',
    'Holding rejects nothing: another person releases or rejects the lines. To suspend the place is a measure of its own, by the API (POST /redemption/places/…/suspensions).')}</p></section>`;
}

function decidedPart({ say, language }: SignedInVisit, { state, explanation, decidedAt }: BoardAlert): Html {
  const word = state === 'upheld' ? pill('wait', say('Lignes retenues', 'Lines held')) : pill('mute', say('Classée', 'Dismissed'));
  return html`<section class="section"><h2>${say('Décision', 'Decision')}</h2><p>${word} ${decidedAt && moment(decidedAt, language)}</p><p>${explanation}</p></section>`;
}

function appealPart(visit: SignedInVisit, appeal: NonNullable<PlaceAlert['appeal']>): Html {
  const { say, language } = visit;
  const choice = (outcome: string, label: string): Html => html`<button class="button" name="outcome" value="${outcome}">${label}</button>`;
  return html`<section class="section"><h2>${say('Recours du lieu', 'Appeal of the place')}</h2><p>${appealPill(visit, appeal)} ${say('réponse due le', 'answer due on')} ${day(appeal.answerDue, language)}</p>
<p>${appeal.grounds}</p>${appeal.outcome !== null ? html`<p><b>${say('Réponse', 'Answer')}</b> ${appeal.reasons}</p>` : html`<form method="post" action="${visit.path}/appeals/${appeal.appealId}"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="reasons">${say('Vos raisons : le lieu les lit.', 'Your reasons: the place reads them.')}</label><textarea id="reasons" name="text" required maxlength="1000" rows="3"></textarea></div>
<p class="field">${choice('upheld', say('Donner raison au lieu', 'The place is right'))} ${choice('rejected', say('Maintenir', 'Keep the decision'))}</p></form>`}</section>`;
}
