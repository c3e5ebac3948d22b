// The account at Stripe: what Stripe states beside what the books say, and to which bank account it pays out.
import { z } from 'zod';
import { headline, table } from '../components.js';
import { ownAccount } from '../allocations/allocation.page.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { facts } from '../decisions/timeline.js';
import { amount, moment } from '../format.js';
import { html, type Html } from '../html.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const balance = z.object({
  bankAccountId: z.string(), readAt: z.string().nullable(), statedCents: z.int(), ledgerCents: z.int(), chargedCents: z.int(),
  refundedCents: z.int(), transferredCents: z.int(),
  inTransitCents: z.int(), feesCents: z.int(), gapCents: z.int(), unexplained: z.array(z.object({ movementId: z.string(),
  stripeType: z.string(), netCents: z.int(), movedAt: z.string() })),
});
type View = Readonly<{ balance: z.output<typeof balance> | null; accounts: readonly z.output<typeof ownAccount>[] }>;

async function load(ask: Ask): Promise<Read<View>> {
  const [read, accounts] = await Promise.all([ask('/settlement/stripe-balance', balance), allOf(ask, '/settlement/bank-accounts', ownAccount)]);
  if (!accounts.ok) return accounts;
  if (read.ok) return { ok: true, value: { balance: read.value, accounts: accounts.value } };
  return read.code === 'stripe_account_missing' ? { ok: true, value: { balance: null, accounts: accounts.value } } : read;
}

export const stripePage: DecisionPage<View> = {
  route: 'stripe-account', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/bank-lines', word: say('Banque', 'Bank') }),
  title: (_, { say }) => say('Compte Stripe', 'Stripe account'),
  show,
  forms: ({ balance: found, accounts }, { say }) => (found === null ? [{
    step: 'connect', title: say('Relier Stripe à un compte bancaire', 'Connect Stripe to a bank account'), filled: true, roles: ['operator'],
    says: say('Stripe versera sur ce compte, et n’en changera plus.', 'Stripe will pay out to this account, and not change to another.'),
    fields: [{ name: 'bankAccountId', kind: 'choice', label: say('Compte', 'Account'), choices: accounts.map(({ bankAccountId, name }) => [bankAccountId, name] as const) }],
    button: say('Relier Stripe pour de bon', 'Connect Stripe for good'), send: (values) => ({ path: '/settlement/stripe-accounts', body: values }),
  }] : [{
    step: 'read', title: say('Lire le solde maintenant', 'Read the balance now'), roles: ['operator'], fields: [],
    says: say('Les mouvements depuis la dernière lecture sont écrits. Cela se fait aussi chaque heure.', 'Movements since the last reading are posted. This happens every hour, too.'),
    button: say('Lire le solde', 'Read the balance'), send: () => ({ path: '/settlement/stripe-balance/readings', body: {} }),
  }]),
};

function show({ balance: found, accounts }: View, { say, language }: SignedInVisit): Html {
  if (found === null) return html`<p class="lead">${say('Stripe n’est relié à aucun de nos comptes bancaires.', 'Stripe is connected to none of our bank accounts.')}</p>`;
  const sum = (cents: number) => amount(cents, language);
  return html`${headline(sum(found.gapCents), found.gapCents === 0 ? say('d’écart : Stripe et nos comptes disent la même chose.', 'apart: Stripe and our books say the same.') : say('d’écart entre Stripe et nos comptes.', 'between Stripe and our books.'))}
<section class="section">${facts([
    [say('Verse sur', 'Pays out to'), accounts.find(({ bankAccountId }) => bankAccountId === found.bankAccountId)?.name ?? found.bankAccountId],
    [say('Lu le', 'Read'), found.readAt === null ? say('Jamais', 'Never') : moment(found.readAt, language)],
    [say('Stripe dit', 'Stripe states'), sum(found.statedCents)], [say('Nos comptes disent', 'Our books say'), sum(found.ledgerCents)],
    [say('Encaissé par carte', 'Charged'), sum(found.chargedCents)], [say('Rendu', 'Refunded'), sum(found.refundedCents)], [say('Transféré à des bénéficiaires', 'Transferred to payees'), sum(found.transferredCents)],
    [say('En route vers la banque', 'On its way to the bank'), sum(found.inTransitCents)], [say('Frais de Stripe', 'Fees of Stripe'), sum(found.feesCents)],
  ])}</section>
<section class="section"><h2>${say('Mouvements que personne n’explique', 'Movements that nobody explains')}</h2>${found.unexplained.length === 0 ? html`<p class="empty">${say('Aucun.', 'None.')}</p>`
    : table(say('Mouvements', 'Movements'), [
      { head: say('Quand', 'When'), cell: ({ movedAt }: (typeof found.unexplained)[number]) => moment(movedAt, language) },
      { head: say('Ce que Stripe dit', 'What Stripe says'), cell: ({ stripeType, movementId }) => html`<code>${stripeType}</code> <code>${movementId}</code>` },
      { head: say('Montant', 'Amount'), number: true, cell: ({ netCents }) => sum(netCents) },
    ], found.unexplained)}</section>`;
}
