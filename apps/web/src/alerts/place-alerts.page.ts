// What a place is told: which of its lines are held for an alert, why, and how to contest that.
import { uuidv7 } from 'uuidv7';
import { headline, part } from '../components.js';
import { amount, count, day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { appealPill, textOf } from './alerts.page.js';
import type { Held, PlaceAlert, PlaceView } from './alerts.data.js';

export function placeAlertsPage(visit: SignedInVisit, { alerts, holds }: PlaceView, refused?: string): Html {
  const { say } = visit;
  const title = say('Lignes retenues', 'Held lines');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${refused !== undefined && html`<div class="notice no" role="alert"><p>${refused}</p></div>`}
${part(alerts, say, say('Alertes', 'Alerts'), (list) => listPart(visit, list, holds.ok ? holds.value : []))}`);
}

function listPart(visit: SignedInVisit, alerts: readonly PlaceAlert[], holds: readonly Held[]): Html {
  const { say, language } = visit;
  if (alerts.length === 0) return headline(say('Rien', 'Nothing'), say('n’est retenu pour une alerte.', 'is held for an alert.'));
  return html`${headline(count(alerts.length, language), say('points à éclaircir. Une alerte n’accuse personne.', 'points to clear up. An alert accuses nobody.'))}
${alerts.map((one) => alertPart(visit, one, holds.filter(({ alertId }) => alertId === one.alertId)))}`;
}

function alertPart(visit: SignedInVisit, alert: PlaceAlert, holds: readonly Held[]): Html {
  const { say, language } = visit;
  return html`<section class="section"><h2>${amount(alert.amountCents, language)}</h2><p>${textOf(visit, alert)}</p>
<p><b>${say('L’opérateur dit', 'The operator says')}</b> ${alert.explanation} <span class="quiet">${alert.decidedAt && moment(alert.decidedAt, language)}</span></p>
${holds.length === 0
    ? html`<p class="quiet">${say('À la prochaine clôture, ces lignes seront retenues ; le reste est payé.', 'At the next closing these lines will be held; the rest is paid.')}</p>`
    : html`<ul class="lines">${holds.map((hold) => holdLine(visit, hold))}</ul>`}
${alert.appeal ? answered(visit, alert.appeal) : appealForm(visit, alert)}</section>`;
}

function holdLine({ say, language }: SignedInVisit, { state, lines, grossCents, note }: Held): Html {
  const words = {
    held: pill('wait', say('Retenu', 'Held')), released: pill('ok', say('Libéré', 'Released')), rejected: pill('no', say('Rejeté', 'Rejected')),
  };
  return html`<li><span class="what grow"><b>${amount(grossCents, language)}</b>${count(lines, language)} ${say('lignes', 'lines')}${note !== null && html` · ${note}`}</span>${words[state]}</li>`;
}

const answered = (visit: SignedInVisit, appeal: NonNullable<PlaceAlert['appeal']>): Html => html`<p>${visit.say('Votre recours', 'Your appeal')} ${appealPill(visit, appeal)} ${
  appeal.outcome === null ? html`${visit.say('réponse avant le', 'an answer by')} ${day(appeal.answerDue, visit.language)}` : appeal.reasons}</p>`;

function appealForm({ say }: SignedInVisit, { alertId }: PlaceAlert): Html {
  return html`<form method="post" action="/alerts/${alertId}/appeal"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="grounds-${alertId}">${say('Pourquoi est-ce une erreur ? Une autre personne répond, sous 30 jours.', 'Why is this wrong? Another person answers, within 30 days.')}</label>
<textarea id="grounds-${alertId}" name="text" required maxlength="4000" rows="4"></textarea></div><p class="field"><button class="button">${say('Contester', 'Appeal')}</button></p></form>`;
}
