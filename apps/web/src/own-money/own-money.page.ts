// The operator's own money on each bank account: what it earned, what it may take out, what it has to pay in.
import { z } from 'zod';
import { headline, table } from '../components.js';
import { ownAccount } from '../allocations/allocation.page.js';
import type { Ask, DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { amount, amountText, moment } from '../format.js';
import { html, type Html } from '../html.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const own = z.object({
  bankAccountId: z.string(), ownCents: z.int(), shortfallCents: z.int(), takeableCents: z.int(), takenOutCents: z.int(),
  earnedOfPayersCents: z.int(), toldAt: z.string().nullable(),
});
type Own = z.output<typeof own> & Readonly<{ name: string }>;

async function load(ask: Ask): Promise<Read<readonly Own[]>> {
  const [owned, accounts] = await Promise.all([allOf(ask, '/settlement/own-money', own), allOf(ask, '/settlement/bank-accounts', ownAccount)]);
  if (!owned.ok) return owned;
  const names = new Map((accounts.ok ? accounts.value : []).map(({ bankAccountId, name }) => [bankAccountId, name]));
  return { ok: true, value: owned.value.map((one) => ({ ...one, name: names.get(one.bankAccountId) ?? one.bankAccountId })) };
}

export const ownMoneyPage: DecisionPage<readonly Own[]> = {
  route: 'own-money', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/home', word: say('Files de travail', 'Work lists') }),
  title: (_, { say }) => say('Argent de l’opérateur', 'Money of the operator'),
  show, forms,
};

function show(accounts: readonly Own[], { say, language }: SignedInVisit): Html {
  const sum = (of: (one: Own) => number) => accounts.reduce((total, one) => total + of(one), 0);
  const shortfall = sum(({ shortfallCents }) => shortfallCents);
  return html`${headline(amount(sum(({ takeableCents }) => takeableCents), language), say('gagnés et libres d’être retirés.', 'earned and free to be taken out.'))}
${shortfall > 0 && html`<div class="notice no" role="status"><p>${say(`Il manque ${amountText(shortfall, language)} : l’opérateur les verse avant que tout virement parte. Le crédit est ensuite nommé à sa ligne bancaire.`,
    `${amountText(shortfall, language)} are missing: the operator pays them in before any run leaves. The credit is then named at its bank line.`)} <a href="/bank-lines?waits=yes">${say('Banque', 'Bank')}</a></p></div>`}
<section class="section">${table(say('Par compte bancaire', 'By bank account'), [
    { head: say('Compte', 'Account'), cell: ({ name }: Own) => name },
    { head: say('Gagné auprès des financeurs', 'Earned of payers'), number: true, cell: ({ earnedOfPayersCents }) => amount(earnedOfPayersCents, language) },
    { head: say('Argent propre', 'Own money'), number: true, cell: ({ ownCents }) => amount(ownCents, language) },
    { head: say('Déjà retiré', 'Taken out'), number: true, cell: ({ takenOutCents }) => amount(takenOutCents, language) },
    { head: say('Manque', 'Shortfall'), number: true, cell: ({ shortfallCents }) => amount(shortfallCents, language) },
    { head: say('À retirer', 'To take out'), number: true, cell: ({ takeableCents }) => amount(takeableCents, language) },
    { head: say('L’émission l’a dit', 'Issuance said so'), cell: ({ toldAt }) => (toldAt === null ? say('Jamais', 'Never') : moment(toldAt, language)) },
  ], accounts)}</section>`;
}

function forms(accounts: readonly Own[], { say, language }: SignedInVisit): readonly DecisionForm[] {
  const open = accounts.filter(({ takeableCents }) => takeableCents > 0);
  return [
    ...(open.length === 0 ? [] : [{
      step: 'take-out', title: say('Préparer un retrait', 'Prepare taking out'), filled: true as const, roles: ['operator'],
      says: say('Une campagne de frais est préparée ; une autre personne l’approuve, et le virement va au compte de l’opérateur.', 'A run of fees is prepared; somebody else approves it, and the payment goes to the operator’s account.'),
      fields: [
        { name: 'bankAccountId', kind: 'choice' as const, label: say('Depuis', 'From'), choices: open.map(({ bankAccountId, name, takeableCents }) => [bankAccountId, `${name} (${amountText(takeableCents, language)})`] as const) },
        { name: 'amountCents', kind: 'amount' as const, optional: true as const, label: say('Montant', 'Amount'), hint: say('Vide : tout ce qui est libre.', 'Empty: all that is free.') },
      ],
      button: say('Préparer le retrait', 'Prepare taking out'), send: (values: object) => ({ path: '/settlement/settlement-runs', body: { ...values, purpose: 'fees' } }),
      then: (answer: unknown) => `/runs/${z.object({ runId: z.string() }).parse(answer).runId}`,
    }]),
    { step: 'name', title: say('Dire qui est l’opérateur', 'Say who the operator is'), roles: ['operator'], fields: [],
      says: say('D’après les réglages de l’installation. Son compte bancaire est saisi ensuite, comme celui d’un bénéficiaire.', 'By the settings of the installation. Its bank account is entered afterwards, as that of a payee.'),
      button: say('Nommer l’opérateur', 'Name the operator'), send: () => ({ path: '/settlement/operator', body: {} }), then: (answer) => `/payees/${z.object({ payeeId: z.string() }).parse(answer).payeeId}` },
  ];
}
