// Every payment that a run made.
import { z } from 'zod';
import { headline } from '../components.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, PAID_AGAIN, PAYMENT_STATES, PURPOSES, RAILS, wordOf } from '../operator/words.js';
import { status } from '../status.js';

const item = z.object({
  paymentId: z.string(), runId: z.string(), createdAt: z.string(), rail: z.string(), purpose: z.string(), payeeId: z.string(),
  legalName: z.string().nullable(), iban: z.string().nullable(),
  stripeAccountId: z.string().nullable(), amountCents: z.int(), endToEndId: z.string(), state: z.string(),
  bookedOn: z.string().nullable(), returnedOn: z.string().nullable(), reasonCode: z.string().nullable(),
  paidAgain: z.string().nullable(), leftCents: z.int(), againPaymentId: z.string().nullable(),
});
type Payment = z.output<typeof item>;

export const paymentsList: List<Payment> = {
  path: '/payments', api: '/settlement/payments', item,
  title: ['Virements', 'Payments'], counted: [['virement', 'payment'], ['virements', 'payments']],
  empty: { sentence: ['Ici se liront les virements, une fois une campagne préparée.', 'Here you will read payments, once a run was prepared.'], next: { href: '/runs', words: ['Voir les campagnes', 'See the runs'] } },
  columns: [
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName, sorts: true,
      cell: ({ payeeId, legalName }, { say }) => html`<a href="/payees/${payeeId}">${legalName ?? say('à compléter', 'to be completed')}</a>` },
    { name: 'createdAt', head: ['Préparé le', 'Prepared'], kind: 'moment', value: ({ createdAt }) => createdAt, sorts: true,
      cell: ({ runId, createdAt }, { language }) => html`<a href="/runs/${runId}">${moment(createdAt, language)}</a>` },
    { name: 'purpose', head: ['Objet', 'Purpose'], kind: 'text', value: ({ purpose }, { say }) => wordOf(PURPOSES, purpose, say) },
    { name: 'rail', head: ['Voie', 'Rail'], kind: 'text', value: ({ rail }, { say }) => wordOf(RAILS, rail, say), extra: true },
    { name: 'account', head: ['Compte', 'Account'], kind: 'text', value: ({ iban, stripeAccountId }) => iban ?? stripeAccountId, extra: true },
    { name: 'endToEndId', head: ['Référence', 'Reference'], kind: 'text', value: ({ endToEndId }) => endToEndId, extra: true },
    { name: 'bookedOn', head: ['Débité le', 'Debited'], kind: 'day', value: ({ bookedOn }) => bookedOn },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => wordOf(PAYMENT_STATES, state, say),
      cell: ({ state, reasonCode }, { say }) => html`${status(state, say)}${reasonCode && html` <code>${reasonCode}</code>`}` },
    { name: 'paidAgain', head: ['Suite', 'What became of it'], kind: 'text', value: ({ paidAgain }, { say }) => paidAgain && wordOf(PAID_AGAIN, paidAgain, say),
      cell: ({ paidAgain, againPaymentId }, { say }) => paidAgain && (againPaymentId
        ? html`<a href="/payments?paymentId=${againPaymentId}">${wordOf(PAID_AGAIN, paidAgain, say)}</a>` : wordOf(PAID_AGAIN, paidAgain, say)) },
    { name: 'leftCents', head: ['À refaire', 'To be paid again'], kind: 'cents', value: ({ paidAgain, leftCents }) => (paidAgain === 'owed' ? leftCents : null), sum: 'leftCents', extra: true },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: choicesOf(PAYMENT_STATES) },
    { name: 'paidAgain', words: ['Suite d’un virement revenu', 'What became of a failed one'], kind: 'choice', choices: choicesOf(PAID_AGAIN) },
    { name: 'purpose', words: ['Objet', 'Purpose'], kind: 'choice', choices: choicesOf(PURPOSES) },
    { name: 'rail', words: ['Voie', 'Rail'], kind: 'choice', choices: choicesOf(RAILS) },
    { name: 'legalName', words: ['Bénéficiaire', 'Payee'], kind: 'text' },
    { name: 'paymentId', words: ['Identifiant du virement', 'Id of the payment'], kind: 'text' },
    { name: 'payeeId', words: ['Identifiant du bénéficiaire', 'Id of the payee'], kind: 'text' },
    { name: 'endToEndId', words: ['Référence', 'Reference'], kind: 'text' },
    { name: 'createdAt', words: ['Préparé', 'Prepared'], kind: 'days' },
    { name: 'bookedOn', words: ['Débité', 'Debited'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => totals && headline(amount(totals.sums['amountCents'] ?? 0, language), say('de virements dans cette liste.', 'of payments in this list.')),
};
