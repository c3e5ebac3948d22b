// One hold: why its lines wait, what stands in the way, and the review of somebody who approves.
import { headline } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { amount, amountText, count } from '../format.js';
import { html, type Html } from '../html.js';
import { HOLD_REASONS, MEASURE_REASONS, wordOf } from '../operator/words.js';
import type { SignedInVisit } from '../visit.js';
import { hold, type Hold } from './holds.list.js';

export const holdPage: DecisionPage<Hold> = {
  route: 'holds/:id', prefix: 'hld', back: ({ say }) => ({ href: '/holds', word: say('Lignes en attente', 'Lines on hold') }),
  load: (ask, id) => oneOf(ask, `/settlement/holds?limit=1&holdId=${id}`, hold),
  title: ({ reason, legalName }, { say }) => `${wordOf(HOLD_REASONS, reason, say)} – ${legalName ?? say('à compléter', 'to be completed')}`,
  show, forms,
};

function show(one: Hold, visit: SignedInVisit): Html {
  const { say, language } = visit;
  return html`${headline(amount(one.grossCents, language), say(`en ${count(one.lines, language)} lignes, hors des relevés tant que personne n’a regardé.`, `in ${count(one.lines, language)} lines, out of statements until somebody has looked.`))}
<section class="section">${facts([
    [say('Bénéficiaire du virement', 'Payee'), html`<a href="/payees/${one.payeeId}">${one.legalName ?? say('à compléter', 'to be completed')}</a>`],
    one.measureReason !== null && [say('Motif de la mesure', 'Reason of the measure'), wordOf(MEASURE_REASONS, one.measureReason, say)],
    one.alertId !== null && [say('Alerte', 'Alert'), html`<a href="/alerts/${one.alertId}">${say(one.alertTextFr ?? '', one.alertTextEn ?? '')}</a>`],
    one.appeal === 'open' && [say('Recours', 'Appeal'), say('Le lieu attend une réponse', 'The place waits for an answer')],
  ])}</section>
${timeline(visit, [
    { what: say(`Mises en attente à l’arrêté de ${one.period}`, `Held at the closing of ${one.period}`), at: one.heldAt },
    one.decidedAt !== null ? { what: one.state === 'released' ? say('Libérées', 'Released') : say('Rejetées', 'Rejected'), at: one.decidedAt, who: one.decidedBy, more: one.note }
      : { what: say('Une personne qui approuve regarde', 'Somebody who approves looks'), isToCome: true },
  ])}`;
}

function forms(one: Hold, { say, language }: SignedInVisit): readonly DecisionForm[] {
  if (one.state !== 'held') return [];
  const sum = amountText(one.grossCents, language);
  const note = [{ name: 'note', kind: 'long' as const, max: 500, label: say('Qu’avez-vous vérifié ?', 'What did you check?'), hint: say('Le lieu peut le lire.', 'The place can read it.') }];
  return [
    { step: 'release', title: say('Libérer', 'Release'), filled: true, roles: ['approver'], says: say('Les lignes entrent dans le prochain relevé du bénéficiaire.', 'The lines join the next statement of the payee.'), fields: note,
      button: say(`Libérer ${sum}`, `Release ${sum}`), send: (values) => ({ path: `/settlement/holds/${one.holdId}/release`, body: values }) },
    { step: 'reject', title: say('Rejeter pour fraude', 'Reject for fraud'), roles: ['approver'], confirms: one.grossCents,
      says: say('Ces lignes ne seront jamais payées ; leur valeur redevient la couverture des financeurs. Cela ne se reprend pas.', 'These lines are never paid; their value is cover of the payers again. It cannot be taken back.'), fields: note,
      button: say(`Rejeter ${sum}`, `Reject ${sum}`), send: (values) => ({ path: `/settlement/holds/${one.holdId}/reject`, body: { reason: 'fraud', ...values } }) },
  ];
}
