// What a year costs places: the rules, and what is open of the invoices for it.
import { z } from 'zod';
import { headline, table } from '../components.js';
import { ownAccount } from '../allocations/allocation.page.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { amount, day } from '../format.js';
import { html, type Html } from '../html.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const rule = z.object({ version: z.int(), from: z.string(), amountCents: z.int(), vatCents: z.int(), vatBasisPoints: z.int() });
const invoice = z.object({
  placeInvoiceId: z.string(), number: z.string(), issuedOn: z.string(), payeeId: z.string(), payeeName: z.string(),
  chargeId: z.string().nullable(), totalCents: z.int(), leftCents: z.int(),
});
type Rule = z.output<typeof rule>;
type Invoice = z.output<typeof invoice>;
type View = Readonly<{ rules: readonly Rule[]; invoices: readonly Invoice[]; accounts: readonly z.output<typeof ownAccount>[] }>;

async function load(ask: Ask): Promise<Read<View>> {
  const [rules, invoices, accounts] = await Promise.all([
    allOf(ask, '/settlement/place-charge-rules', rule), allOf(ask, '/settlement/place-invoices?kind=invoice&limit=200', invoice), allOf(ask, '/settlement/bank-accounts', ownAccount),
  ]);
  if (!rules.ok) return rules;
  if (!invoices.ok) return invoices;
  return accounts.ok ? { ok: true, value: { rules: rules.value, invoices: invoices.value.filter(({ chargeId }) => chargeId !== null),
    accounts: accounts.value } } : accounts;
}

export const placeChargesPage: DecisionPage<View> = {
  route: 'place-charges', load: (ask) => load(ask),
  back: ({ say }) => ({ href: '/debit-notes', word: say('Notes de débit', 'Debit notes') }),
  title: (_, { say }) => say('Frais annuels des lieux', 'Yearly charges of places'),
  show,
  forms: ({ accounts }, { say }) => [{
    step: 'publish', title: say('Publier un barème', 'Publish a charge rule'), filled: true, roles: ['operator'],
    says: say('Chaque bénéficiaire qui prend des chèques ce jour-là doit la somme, une fois par an. Les lieux l’apprennent trente jours avant.', 'Each payee that takes vouchers on that day owes the sum, once a year. Places hear of it thirty days before.'),
    fields: [
      { name: 'from', kind: 'day', label: say('Chaque année, à partir du', 'Each year, from') }, { name: 'amountCents', kind: 'amount', label: say('Montant hors TVA', 'Amount without VAT') },
      { name: 'vatBasisPoints', kind: 'percent', label: say('TVA, en %', 'VAT, in %') },
      { name: 'bankAccountId', kind: 'choice', label: say('Payé sur', 'Paid to'), choices: accounts.map(({ bankAccountId, name }) => [bankAccountId, name] as const) },
    ],
    button: say('Publier le barème', 'Publish the rule'), send: (values) => ({ path: '/settlement/place-charge-rules', body: values }),
  }],
};

function show({ rules, invoices }: View, { say, language }: SignedInVisit): Html {
  const left = invoices.reduce((sum, { leftCents }) => sum + leftCents, 0);
  return html`${headline(amount(left, language), say('de frais annuels restent à payer.', 'of yearly charges are left to pay.'))}
<section class="section"><h2>${say('Barèmes', 'Rules')}</h2>${rules.length === 0 ? html`<p class="empty">${say('Une année ne coûte rien aux lieux.', 'A year costs places nothing.')}</p>` : table(say('Barèmes', 'Rules'), [
    { head: say('Version', 'Version'), cell: ({ version }: Rule) => version }, { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('Hors TVA', 'Without VAT'), number: true, cell: ({ amountCents }) => amount(amountCents, language) }, { head: say('TVA', 'VAT'), number: true, cell: ({ vatCents }) => amount(vatCents, language) },
  ], rules)}</section>
<section class="section"><h2>${say('Factures', 'Invoices')}</h2>${invoices.length === 0 ? html`<p class="empty">${say('Aucune facture encore.', 'No invoice yet.')}</p>` : table(say('Factures', 'Invoices'), [
    { head: say('Numéro', 'Number'), cell: ({ number }: Invoice) => number }, { head: say('Bénéficiaire', 'Payee'), cell: ({ payeeId, payeeName }) => html`<a href="/payees/${payeeId}">${payeeName}</a>` },
    { head: say('Émise le', 'Issued'), cell: ({ issuedOn }) => day(issuedOn, language) }, { head: say('Total', 'Total'), number: true, cell: ({ totalCents }) => amount(totalCents, language) },
    { head: say('Reste', 'Left'), number: true, cell: ({ leftCents }) => amount(leftCents, language) },
  ], invoices)}</section>`;
}
