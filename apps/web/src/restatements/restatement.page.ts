// One request to make the restated ledgers again: who asked, why, and who lets it begin.
import { z } from 'zod';
import { headline } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { timeline } from '../decisions/timeline.js';
import { html, type Piece } from '../html.js';
import { progressPart } from '../progress/progress.part.js';
import type { SignedInVisit } from '../visit.js';
import { restatement, type Restatement } from './restatements.list.js';

const back = ({ say }: SignedInVisit) => ({ href: '/restatements', word: say('Livres refaits', 'Ledgers made again') });
const made = z.object({ restatementId: z.string() });

export const restatementPage: DecisionPage<Restatement> = {
  route: 'restatements/:id', prefix: 'rst', back,
  load: (ask, id) => oneOf(ask, `/audit/restatements?limit=1&restatementId=${id}`, restatement),
  title: (_, { say }) => say('Refaire les livres', 'Make the ledgers again'),
  show: (one, visit) => {
    const { say } = visit;
    const { reason, askedBy, askedAt, approvedBy, approvedAt } = one;
    return html`${approvedAt === null ? headline(say('Attend une seconde personne', 'Waits for a second person'), say('rien n’est encore refait.', 'nothing is made again yet.'))
      : headline(say('Commencé', 'Begun'), say('cela continue tout seul.', 'it goes on by itself.'))}${countedAgain(visit, one)}
${timeline(visit, [
      { what: say('Demandé', 'Asked'), at: askedAt, who: askedBy, more: reason },
      approvedAt !== null ? { what: say('Approuvé, et commencé', 'Approved, and begun'), at: approvedAt, who: approvedBy } : { what: say('Une seconde personne approuve', 'A second person approves'), isToCome: true },
    ])}`;
  },
  forms: ({ restatementId, approvedAt }, { say }) => (approvedAt !== null ? [] : [{
    step: 'approval', title: say('Approuver', 'Approve'), filled: true, roles: ['approver'], fields: [],
    says: say('La balance est vide tant que l’audit recompte. Les écarts d’avant restent montrés jusqu’à ce que chaque livre soit comparé de nouveau.',
      'The trial balance is empty while audit counts again. Differences of before stay shown until each ledger is compared anew.'),
    button: say('Tout refaire', 'Make all of it again'),
    send: () => ({ path: `/audit/restatements/${restatementId}/approvals`, body: {} }),
  }]),
};

function countedAgain(visit: SignedInVisit, { passedCount, eventCount }: Restatement): Piece {
  const { say } = visit;
  if (passedCount === null || eventCount === null) return null;
  return progressPart(visit, {
    id: 'restated', title: say('Relecture des événements', 'Events looked at again'), done: passedCount, total: eventCount, what: say('événements', 'events'), isLive: true,
    next: say('Ensuite, chaque livre est comparé à ce que son service annonce, et les écarts qui restent se lisent à la balance.', 'Then each ledger is compared with what its service announces, and what still differs stands in the trial balance.'),
    over: say('Tout est relu : recharger la page', 'All of it is looked at again: reload the page'),
  });
}

export const newRestatementPage: DecisionPage<null> = {
  route: 'restatements/new', back,
  load: async () => ({ ok: true, value: null }),
  title: (_, { say }) => say('Demander de tout refaire', 'Ask to make all of it again'),
  show: () => html``,
  forms: (_, { say }) => [{
    step: 'ask', title: say('Pourquoi', 'Why'), filled: true, roles: ['operator', 'auditor'],
    says: say('Rien ne commence avant qu’une autre personne approuve, avec un code.', 'Nothing begins before another person approves it, with a code.'),
    fields: [{ name: 'reason', kind: 'long', max: 1_000, label: say('Pourquoi ce qui a été refait ne peut-il pas rester ?', 'Why can what was restated not stand?') }],
    button: say('Demander', 'Ask'), send: (values) => ({ path: '/audit/restatements', body: values }),
    then: (answer) => `/restatements/${made.parse(answer).restatementId}`,
  }],
};
