// One alert: what was counted, what a person makes of it, and the answer to the place that contests it.
import { headline, table } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { amount, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { alertWithFacts, type BoardAlert, type Fact, type PlaceAlert } from './alerts.data.js';
import { appealPill, nameOf, textOf } from './alerts.page.js';

type Shown = Readonly<{ alert: BoardAlert; facts: readonly Fact[] }>;
const WORDS_MAX = 1_000;

export const alertPage: DecisionPage<Shown> = {
  route: 'alerts/:id', prefix: 'alr',
  back: ({ say }) => ({ href: '/alerts', word: say('Alertes', 'Alerts') }),
  load: (ask, id) => ask(`/audit/alerts/${id}`, alertWithFacts),
  title: ({ alert }, visit) => nameOf(visit, alert),
  show,
  forms: ({ alert }, visit) => (alert.state === 'open' ? deciding(alert, visit)
    : alert.appeal !== null && alert.appeal.outcome === null ? [answering(alert.appeal, visit)] : []),
};

function show({ alert, facts }: Shown, visit: SignedInVisit): Html {
  const { say, language } = visit;
  return html`${headline(amount(alert.amountCents, language), say('en jeu.', 'at stake.'))}
<p class="lead">${textOf(visit, alert)}</p>
<p class="quiet">${say('Règles, version', 'Rules, version')} ${alert.ruleVersion}. ${say('Du', 'From')} ${moment(alert.firstAt, language)} ${say('au', 'to')} ${moment(alert.lastAt, language)}.</p>
${alert.state !== 'open' && decided(visit, alert)}${alert.appeal && appealPart(visit, alert.appeal)}
<section class="section"><h2>${say('Faits', 'Facts')}</h2>${table(say('Faits', 'Facts'), [
    { head: say('Moment', 'Moment'), cell: ({ at }: Fact) => moment(at, language) },
    { head: say('Événement', 'Event'), cell: ({ eventId, type }) => html`<code>${type}</code> <code>${shortId(eventId)}</code>` },
    { head: say('Place au journal', 'Place in the log'), number: true, cell: ({ logIndex }) => logIndex },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => (amountCents === null ? '' : amount(amountCents, language)) },
    { head: say('État', 'State'), cell: ({ undone }) => (undone === true ? say('annulé depuis', 'undone since') : '') },
  ], facts)}</section>`;
}

function decided({ say, language }: SignedInVisit, { state, explanation, decidedAt }: BoardAlert): Html {
  const word = state === 'upheld' ? pill('wait', say('Lignes retenues', 'Lines held')) : pill('mute', say('Classée', 'Dismissed'));
  return html`<section class="section"><h2>${say('Décision', 'Decision')}</h2><p>${word} ${decidedAt && moment(decidedAt, language)}</p><p>${explanation}</p></section>`;
}

function appealPart(visit: SignedInVisit, appeal: NonNullable<PlaceAlert['appeal']>): Html {
  const { say, language } = visit;
  return html`<section class="section"><h2>${say('Recours du lieu', 'Appeal of the place')}</h2><p>${appealPill(visit, appeal)} ${say('réponse due le', 'answer due on')} ${day(appeal.answerDue, language)}</p>
<p>${appeal.grounds}</p>${appeal.outcome !== null && html`<p><b>${say('Réponse', 'Answer')}</b> ${appeal.reasons}</p>`}</section>`;
}

/** Where there is no cent at stake, nothing can be held. */
function deciding({ alertId, amountCents }: BoardAlert, { say }: SignedInVisit): readonly DecisionForm[] {
  const dismissal: DecisionForm = {
    step: 'dismissal', title: say('Classer', 'Dismiss'), roles: ['operator'], ...(amountCents === 0 && { filled: true }),
    says: say('Il n’y a rien à retenir. Ce qui vient après est une alerte à part.', 'There is nothing in it. What comes after it is an alert of its own.'),
    fields: [{ name: 'explanation', kind: 'long', max: WORDS_MAX, label: say('Rien à retenir : pourquoi ?', 'Nothing in it: why?') }],
    button: say('Classer', 'Dismiss'), send: (values) => ({ path: `/audit/alerts/${alertId}/dismissal`, body: values }),
  };
  if (amountCents === 0) return [dismissal];
  return [{
    step: 'upholding', title: say('Retenir ces lignes', 'Hold these lines'), roles: ['operator'], filled: true,
    says: say('Retenir ne rejette rien : une autre personne libère ou rejette les lignes. Suspendre le lieu est une mesure à part, sur la page du lieu.',
      'Holding rejects nothing: another person releases or rejects the lines. To suspend the place is a measure of its own, on the page of the place.'),
    fields: [{ name: 'explanation', kind: 'long', max: WORDS_MAX, label: say('Pourquoi ? Le lieu le lit, et peut contester.', 'Why? The place reads it, and may appeal.') }],
    button: say('Retenir ces lignes', 'Hold these lines'), send: (values) => ({ path: `/audit/alerts/${alertId}/upholding`, body: values }),
  }, dismissal];
}

const answering = ({ appealId }: NonNullable<PlaceAlert['appeal']>, { say }: SignedInVisit): DecisionForm => ({
  step: 'answer', title: say('Répondre au lieu', 'Answer the place'), roles: ['operator'], filled: true,
  says: say('Vous n’êtes pas la personne qui a retenu les lignes. Si le lieu a raison, plus rien n’est retenu pour cette alerte.',
    'You are not who held the lines. Where the place is right, nothing more is held for this alert.'),
  fields: [
    { name: 'outcome', kind: 'choice', label: say('Réponse', 'Answer'), choices: [['upheld', say('Le lieu a raison', 'The place is right')], ['rejected', say('La décision reste', 'The decision stays')]] },
    { name: 'reasons', kind: 'long', max: WORDS_MAX, label: say('Vos raisons : le lieu les lit.', 'Your reasons: the place reads them.') },
  ],
  button: say('Répondre', 'Answer'), send: (values) => ({ path: `/audit/alert-appeals/${appealId}/answers`, body: values }),
});
