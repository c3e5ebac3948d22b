// A run is prepared by one person: whom it pays, from which account, on which day. Another person approves what it comes to.
import { z } from 'zod';
import { ownAccount } from '../allocations/allocation.page.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { html } from '../html.js';
import { choicesOf, PURPOSES, RAILS } from '../operator/words.js';

type Accounts = readonly z.output<typeof ownAccount>[];
const made = z.object({ runId: z.string() });

export const runDraftPage: DecisionPage<Accounts> = {
  route: 'runs/new', load: (ask) => allOf(ask, '/settlement/bank-accounts', ownAccount),
  back: ({ say }) => ({ href: '/runs', word: say('Remboursements', 'Reimbursements') }),
  title: (_, { say }) => say('Préparer une campagne', 'Prepare a run'),
  show: (_, { say }) => html`<p class="lead">${say('Tout ce qui est dû sur un compte est mis dans un fichier. Rien ne part : une autre personne approuve, puis le fichier est envoyé.',
    'All that is owed on one account goes into one file. Nothing leaves: somebody else approves, then the file is sent.')}</p>`,
  forms: (accounts, visit) => [{
    step: 'prepare', title: visit.say('La campagne', 'The run'), filled: true, roles: ['operator'],
    says: visit.say('Qui n’a pas de compte valable, ou attend, est laissé de côté et nommé.', 'Who has no valid account, or waits, is left out and named.'),
    fields: [
      { name: 'bankAccountId', kind: 'choice', label: visit.say('Payée depuis', 'Paid from'), choices: accounts.map(({ bankAccountId, name }) => [bankAccountId, name] as const) },
      { name: 'purpose', kind: 'choice', label: visit.say('Objet', 'Purpose'), value: 'place', choices: choicesOf(PURPOSES)(visit) },
      { name: 'rail', kind: 'choice', label: visit.say('Voie', 'Rail'), value: 'sepa', choices: choicesOf(RAILS)(visit) },
      { name: 'executionOn', kind: 'day', optional: true, label: visit.say('Jour d’exécution', 'Day of execution'), hint: visit.say('Vide : le prochain jour possible.', 'Empty: the next possible day.') },
    ],
    button: visit.say('Préparer la campagne', 'Prepare the run'), send: (values) => ({ path: '/settlement/settlement-runs', body: values }),
    then: (answer) => `/runs/${made.parse(answer).runId}`,
  }],
};
