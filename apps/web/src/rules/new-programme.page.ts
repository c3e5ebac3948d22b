// Publishes a programme with its first rules.
import type { DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { html } from '../html.js';
import { choicesOf } from '../operator/words.js';
import { bankAccount, type BankAccount } from './programme.data.js';
import { creditorField, fromField, ruleBody, ruleFields } from './rule-fields.js';
import { KINDS } from './rule-words.js';

export const newProgrammePage: DecisionPage<readonly BankAccount[]> = {
  route: 'programmes/new', load: (ask) => allOf(ask, '/settlement/bank-accounts', bankAccount),
  back: ({ say }) => ({ href: '/programmes', word: say('Programmes et règles', 'Programmes and rules') }),
  title: (_, { say }) => say('Publier un programme', 'Publish a programme'),
  show: (accounts, { say }) => html`<p class="lead">${say('Un programme dit ce que valent ses chèques, jusqu’à quand, et pour quels services. Ses règles changent par une nouvelle version ; sa sorte et son compte, jamais.',
    'A programme says what its vouchers are worth, until when, and for which services. Its rules change by a new version; its kind and its account never do.')}</p>
${accounts.length === 0 && html`<p class="notice wait" role="status">${say('Aucun compte bancaire n’est ouvert : il en faut un, cantonné, pour recevoir l’argent des financeurs.', 'No bank account is open: it takes one, segregated, to receive the money of payers.')}</p>`}`,
  forms: (accounts, visit) => {
    const { say } = visit;
    const accountOf = (id: unknown): BankAccount => accounts.find(({ bankAccountId }) => bankAccountId === id)!;
    return accounts.length === 0 ? [] : [{
      step: 'publish', title: say('Ses premières règles', 'Its first rules'), roles: ['operator'], filled: true,
      says: say('Une fois publié, tout financeur le voit et peut commander à partir de son premier jour. Les lieux gardent tout jusqu’à ce qu’un barème de frais soit publié.',
        'Once published, every payer sees it and may order from its first day on. Places keep all until a fee rule is published.'),
      fields: [
        { name: 'kind', kind: 'choice', label: say('Sorte de chèques', 'Kind of vouchers'), choices: choicesOf(KINDS)(visit) }, ...ruleFields(visit, undefined), fromField(visit),
        { name: 'custodyAccountId', kind: 'choice', label: say('Compte qui reçoit l’argent des financeurs', 'Account that receives the money of payers'), choices: accounts.map(({ bankAccountId, name, iban }) => [bankAccountId, `${name} – ${iban}`] as const) },
        creditorField(visit, accounts.length === 1 ? accounts[0] : undefined),
      ],
      button: say('Publier le programme', 'Publish the programme'),
      send: (values) => ({ path: '/issuance/programmes', body: { ...ruleBody(values, accountOf(values['custodyAccountId'])), kind: values['kind'], custodyAccountId: values['custodyAccountId'] } }),
      then: (answer) => `/programmes/${(answer as { programmeId: string }).programmeId}`,
    }];
  },
};
