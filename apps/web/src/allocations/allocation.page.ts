// One allocation: proposed by one person, carried by two others, paid by a run of its own.
import { z } from 'zod';
import { NATIONAL_POOL, poolKey, poolName, programmeIdOf } from '../commons-pools/commons-pools.data.js';
import { headline } from '../components.js';
import type { Ask, DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { allOf, oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { amount, amountText } from '../format.js';
import { html, type Html } from '../html.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { allocation, GENERAL, type Allocation } from './allocations.list.js';

/** Beside the one who proposed it. */
const VOICES_NEEDED = 2;
const back = ({ say }: SignedInVisit) => ({ href: '/allocations', word: say('Fonds commun', 'Commons') });

export const allocationPage: DecisionPage<Allocation> = {
  route: 'allocations/:id', prefix: 'alc', back,
  load: (ask, id) => oneOf(ask, `/settlement/allocations?limit=1&allocationId=${id}`, allocation),
  title: ({ legalName }, { say }) => say(`Attribution à ${legalName ?? 'un bénéficiaire à compléter'}`, `Allocation to ${legalName ?? 'a payee to be completed'}`),
  show, forms,
};

function show(one: Allocation, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const missing = VOICES_NEEDED - one.voices.filter(({ voice }) => voice === 'for').length;
  return html`${headline(amount(one.amountCents, language), one.reason)}<p class="field">${status(one.state, say)}</p>
<section class="section">${facts([[say('De', 'From'), one.pool === GENERAL ? html`<a href="/commons/${NATIONAL_POOL}">${say('la caisse nationale', 'the national pool')}</a>` : html`<a href="/commons/prg_${one.pool}">${say('la caisse d’un programme', 'the pool of a programme')}</a>`], [say('Pour', 'For'), html`<a href="/payees/${one.payeeId}">${one.legalName ?? say('à compléter', 'to be completed')}</a>`]])}</section>
${timeline(visit, [
    { what: say('Proposée', 'Proposed'), at: one.proposedAt, who: one.proposedBy },
    ...one.voices.map(({ userId, voice, note, at }) => ({ what: voice === 'for' ? say('Une voix pour', 'A voice for it') : say('Une voix contre : écartée', 'A voice against it: declined'), at, who: userId, more: note })),
    one.state === 'proposed' && { what: missing === 1 ? say('Encore une voix pour', 'One more voice for it') : say('Deux voix pour, d’autres personnes', 'Two voices for it, of other people'), isToCome: true },
    one.state === 'voted' && { what: say('À payer par une campagne du fonds commun', 'To be paid by a run of the commons'), more: html`<a href="/runs">${say('Campagnes', 'Runs')}</a>`, isToCome: true },
    ['instructed', 'released', 'booked'].includes(one.state) && { what: status(one.state, say), more: html`<a href="/payments?payeeId=${one.payeeId}&amp;purpose=commons">${say('Virements', 'Payments')}</a>` },
  ])}`;
}

function forms(one: Allocation, { say, language }: SignedInVisit): readonly DecisionForm[] {
  if (one.state !== 'proposed') return [];
  const sum = amountText(one.amountCents, language);
  const path = `/settlement/allocations/${one.allocationId}/voices`;
  const note = [{ name: 'note', kind: 'long' as const, max: 500, optional: true as const, label: say('Pourquoi ?', 'Why?') }];
  return [
    {
      step: 'for', title: say('Voter pour', 'Vote for it'), filled: true, roles: ['approver'], confirms: one.amountCents,
      says: say(`Avec deux voix pour, ${sum} quittent le fonds commun et sont dus au bénéficiaire.`, `With two voices for it, ${sum} leave the commons and are owed to the payee.`),
      fields: note, button: say(`Voter pour ${sum}`, `Vote for ${sum}`), send: ({ note: why = null }) => ({ path, body: { voice: 'for', note: why } }),
    },
    {
      step: 'against', title: say('Voter contre', 'Vote against it'), roles: ['approver'], says: say('Une seule voix contre écarte la proposition.', 'One voice against it ends the proposal.'),
      fields: note, button: say('Voter contre', 'Vote against it'), send: ({ note: why = null }) => ({ path, body: { voice: 'against', note: why } }),
    },
  ];
}

const payee = z.object({ payeeId: z.string(), legalName: z.string().nullable(), bankState: z.string() });
export const ownAccount = z.object({ bankAccountId: z.string(), name: z.string() });
const pool = z.object({
  programmeId: z.string().nullable(), programmeName: z.string().nullable(), balanceCents: z.int(), rule: z.object({}).nullable(),
});
type Pool = z.output<typeof pool>;
type Choices = Readonly<{
  pools: readonly Pool[]; payees: readonly z.output<typeof payee>[]; accounts: readonly z.output<typeof ownAccount>[];
}>;

/** A programme whose rule is to come has no pool yet. */
const poolChoices = (pools: readonly Pool[], { say, language }: SignedInVisit) => pools
  .filter(({ programmeId, rule }) => programmeId === null || rule !== null)
  .map((one) => [poolKey(one), `${poolName(say, one)} (${amountText(one.balanceCents, language)})`] as const);
const made = z.object({ allocationId: z.string() });

async function loadChoices(ask: Ask): Promise<Read<Choices>> {
  const [pools, payees, accounts] = await Promise.all([
    allOf(ask, '/settlement/commons-pools', pool), allOf(ask, '/settlement/payees?limit=200', payee), allOf(ask, '/settlement/bank-accounts', ownAccount)]);
  if (!pools.ok) return pools;
  if (!payees.ok) return payees;
  return accounts.ok ? { ok: true, value: { pools: pools.value, payees: payees.value, accounts: accounts.value } } : accounts;
}

export const newAllocationPage: DecisionPage<Choices> = {
  route: 'allocations/new', back, load: loadChoices,
  title: (_, { say }) => say('Proposer une attribution', 'Propose an allocation'),
  show: (_, { say }) => html`<p class="lead">${say('Le fonds commun donne une somme à une personne morale. Deux autres personnes votent ; rien ne bouge avant.',
    'The commons give a sum to a legal body. Two other people vote; nothing moves before.')}</p>`,
  forms: ({ pools, payees, accounts }, visit, { say } = visit) => [
    {
      step: 'propose', title: say('L’attribution', 'The allocation'), filled: true, roles: ['operator', 'approver'],
      says: say('Elle reste une proposition tant que deux autres personnes n’ont pas voté.', 'It stays a proposal until two other people have voted.'),
      fields: [
        { name: 'payeeId', kind: 'choice', label: say('Pour', 'For'), hint: say('Avec un compte bancaire approuvé par deux personnes.', 'With a bank account that two people stand behind.'),
          choices: payees.filter(({ legalName, bankState }) => legalName !== null && bankState === 'approved').map(({ payeeId, legalName }) => [payeeId, legalName!] as const) },
        { name: 'programmeId', kind: 'choice', label: say('De la caisse', 'From the pool'), hint: say('Ceux que sa règle nomme en décident.', 'Those whom its rule names decide.'),
          choices: poolChoices(pools, visit) },
        { name: 'bankAccountId', kind: 'choice', label: say('Payée depuis', 'Paid from'), choices: accounts.map(({ bankAccountId, name }) => [bankAccountId, name] as const) },
        { name: 'amountCents', kind: 'amount', label: say('Montant', 'Amount') },
        { name: 'reason', kind: 'long', max: 500, label: say('Pourquoi ?', 'What for?'), hint: say('Reste avec l’attribution, et chacun peut le lire.', 'Stays with the allocation, for everybody to read.') },
      ],
      button: say('Proposer l’attribution', 'Propose the allocation'),
      send: ({ programmeId, ...values }) => ({
        path: '/settlement/allocations', body: { ...values, programmeId: programmeIdOf(String(programmeId)), currency: 'EUR' },
      }),
      then: (answer) => `/allocations/${made.parse(answer).allocationId}`,
    },
    {
      step: 'body', title: say('Nommer une personne morale', 'Name a legal body'), roles: ['operator'],
      says: say('Pour donner à qui n’est ni un lieu ni un financeur. Son compte bancaire est saisi ensuite, et approuvé par une autre personne.',
        'To give to one that is no place and no payer. Its bank account is entered afterwards, and approved by somebody else.'),
      fields: [{ name: 'legalName', kind: 'text', max: 140, label: say('Nom', 'Name') }, { name: 'siren', kind: 'text', max: 11, label: 'SIREN' }],
      button: say('Nommer', 'Name it'), send: (values) => ({ path: '/settlement/legal-bodies', body: values }),
      then: (answer) => `/payees/${z.object({ payeeId: z.string() }).parse(answer).payeeId}`,
    },
  ],
};
