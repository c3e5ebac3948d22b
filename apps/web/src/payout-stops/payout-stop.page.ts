// One stop: what is broken, since when, and whether money may leave again.
import { headline } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { html } from '../html.js';
import { stop, type Stop } from './payout-stops.list.js';

export const payoutStopPage: DecisionPage<Stop> = {
  route: 'payout-stops/:id', prefix: 'pst',
  back: ({ say }) => ({ href: '/payout-stops', word: say('Arrêts des virements', 'Payout stops') }),
  load: (ask, id) => oneOf(ask, `/settlement/payout-stops?limit=1&state=all&stopId=${id}`, stop),
  title: ({ invariant }, { say }) => say(`Arrêt des virements : contrôle ${invariant}`, `Payout stop: check ${invariant}`),
  show: (one, visit) => {
    const { say } = visit;
    return html`${one.liftedAt === null ? headline(say('Rien ne part', 'Nothing leaves'), say('tant que cet arrêt est en vigueur.', 'while this stop is in force.'))
      : headline(say('Levé', 'Lifted'), say('cet arrêt ne retient plus rien.', 'this stop holds nothing back any more.'))}
<section class="section">${facts([
    [say('Service qui l’a trouvé', 'Service that found it'), one.service],
    [say('Ce qui doit toujours être vrai', 'What must always hold'), html`<span lang="en">${one.sentence}</span>`],
    [say('Ligne nommée', 'Row named'), html`<code>${one.rowNamed}</code>`],
    [say('Détail', 'Detail'), html`<span lang="en">${one.detail}</span>`],
  ])}</section>
${timeline(visit, [
    { what: say('Trouvé', 'Found'), at: one.foundAt },
    { what: say('Les virements s’arrêtent', 'Payments stop'), at: one.stoppedAt },
    one.liftedAt !== null ? { what: say('Levé', 'Lifted'), at: one.liftedAt, who: one.liftedBy, more: one.note } : { what: say('Réparer, puis lever', 'Mend, then lift'), isToCome: true },
  ])}`;
  },
  forms: (one, { say }) => (one.liftedAt !== null ? [] : [{
    step: 'lifting', title: say('Lever l’arrêt', 'Lift the stop'), filled: true, roles: ['approver'],
    says: say('L’argent pourra repartir si aucun autre arrêt n’est en vigueur. Le contrôle est refait avant ; le guide d’exploitation dit comment réparer.',
      'Money may leave again where no other stop stands. The check is made again before; the runbook says how to mend it.'),
    fields: [{ name: 'note', kind: 'long', max: 500, label: say('Qu’est-ce qui était faux, et pourquoi l’argent peut-il repartir ?', 'What was wrong, and why may money leave again?') }],
    button: say('Lever l’arrêt', 'Lift the stop'),
    send: (values) => ({ path: `/settlement/payout-stops/${one.stopId}/lifting`, body: values }),
  }]),
};
