// The books at a moment: each account's balance, the transfers it is made of, and what the bank and Stripe do not say alike.
import { z } from 'zod';
import { headline, part, table } from '../components.js';
import { amount, amountText, count, day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { wordOf } from '../operator/words.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

export const compared = z.object({
  account: z.string(), bankAccountId: z.string(), statedAsOf: z.string().nullable(), statedCents: z.int(), ledgerCents: z.int(),
  differenceCents: z.int(), explainedCents: z.int(), unexplainedCents: z.int(),
});
export const difference = z.object({ account: z.string(), source: z.string(), id: z.string(), day: z.string(), amountCents: z.int(),
  why: z.string(), detail: z.string() });
export const balances = z.object({
  items: z.array(z.object({ bankAccountId: z.string(), account: z.string(), debitCents: z.int(), creditCents: z.int(),
  balanceCents: z.int(), transfers: z.int() })), asOf: z.string(), isFinal: z.boolean(), nextCursor: z.string().nullable(),
});
export const transfers = z.object({
  items: z.array(z.object({ eventId: z.string(), rule: z.string(), debit: z.string(), credit: z.string(), amountCents: z.int(),
  bookedAt: z.string() })), asOf: z.string(), nextCursor: z.string().nullable(),
});
type Compared = z.output<typeof compared>;
type Difference = z.output<typeof difference>;
type Balance = z.output<typeof balances>['items'][number];
type Transfer = z.output<typeof transfers>['items'][number];
export type Books = Readonly<{ at: string; compared: Read<readonly Compared[]>; differences: Read<readonly Difference[]>;
  balances: Read<z.output<typeof balances>> }>;

const WHY = {
  before_the_first_statement: ['avant le premier relevé', 'before the first statement'], lines_do_not_add_up: ['les lignes ne font pas le solde', 'lines do not add up'], not_posted: ['pas écrit chez nous', 'not posted by us'],
  posted_otherwise: ['écrit autrement', 'posted otherwise'], on_no_bank_line: ['sur aucune ligne de la banque', 'on no bank line'], not_listed_yet: ['pas encore sur un relevé', 'not listed yet'], on_no_movement: ['sur aucun mouvement de Stripe', 'on no movement of Stripe'],
} as const;
const SOURCES = { bank: ['Banque', 'Bank'], psp: ['Stripe', 'Stripe'] } as const;

export function booksPage(visit: SignedInVisit, books: Books): Html {
  const { say, language } = visit;
  const title = say('Livre des comptes', 'Books');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${part(books.compared, say, say('Rapprochement', 'Reconciliation'), (found) => comparison(visit, found))}
<section class="section"><h2>${say('Lignes sans contrepartie, la plus ancienne d’abord', 'Lines without a counterpart, the oldest first')}</h2>${part(books.differences, say, say('Lignes', 'Lines'), (found) => differenceTable(visit, found))}</section>
<section class="section"><h2>${say('Soldes', 'Balances')}</h2>${momentForm(visit, books.at)}${part(books.balances, say, say('Soldes', 'Balances'), (found) => html`<p class="quiet">${say('Au', 'As of')} ${moment(found.asOf, language)}${
    !found.isFinal && say(', encore en cours', ', still moving')}.</p>${balanceTable(visit, found.items, books.at)}`)}</section>`);
}

/** A day is a moment: its end. */
const momentForm = ({ say }: SignedInVisit, at: string): Html => html`<form method="get" action="/books"><div class="field"><label for="at">${say('À la fin du jour', 'At the end of the day')}</label><input id="at" name="at" type="date" value="${at}"></div>
<p class="field"><button class="button">${say('Montrer les comptes de ce jour', 'Show the books of this day')}</button></p></form>`;

function comparison({ say, language }: SignedInVisit, found: readonly Compared[]): Html {
  const unexplained = found.reduce((sum, one) => sum + Math.abs(one.unexplainedCents), 0);
  return html`${headline(amount(unexplained, language), unexplained === 0 ? say('sans explication : la banque, Stripe et nos comptes s’accordent.', 'without an explanation: the bank, Stripe and our books agree.') : say('sans explication entre la banque, Stripe et nos comptes.', 'without an explanation between the bank, Stripe and our books.'))}
<section class="section">${table(say('Rapprochement', 'Reconciliation'), [
    { head: say('Où', 'Where'), cell: ({ account }: Compared) => wordOf(SOURCES, account, say) }, { head: say('Relevé du', 'Stated'), cell: ({ statedAsOf }) => day(statedAsOf?.slice(0, 10), language) },
    { head: say('Eux', 'They say'), number: true, cell: ({ statedCents }) => amount(statedCents, language) }, { head: say('Nous', 'We say'), number: true, cell: ({ ledgerCents }) => amount(ledgerCents, language) },
    { head: say('Écart', 'Difference'), number: true, cell: ({ differenceCents }) => amount(differenceCents, language) }, { head: say('Sans explication', 'Unexplained'), number: true, cell: ({ unexplainedCents }) => amount(unexplainedCents, language) },
  ], found)}</section>`;
}

function differenceTable({ say, language }: SignedInVisit, found: readonly Difference[]): Html {
  if (found.length === 0) return html`<p class="empty">${say('Aucune : chaque ligne a sa contrepartie.', 'None: every line has its counterpart.')}</p>`;
  return table(say('Lignes sans contrepartie', 'Lines without a counterpart'), [
    { head: say('Le', 'On'), cell: ({ day: on }: Difference) => day(on, language) }, { head: say('Où', 'Where'), cell: ({ account }) => wordOf(SOURCES, account, say) },
    { head: say('Pourquoi', 'Why'), cell: ({ why, source, id }) => (source === 'bank_line' && /^bkn_/.test(id) ? html`<a href="/bank-lines/${id}">${wordOf(WHY, why, say)}</a>` : wordOf(WHY, why, say)) },
    { head: say('Détail', 'Detail'), cell: ({ detail }) => detail }, { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], found);
}

function balanceTable({ say, language }: SignedInVisit, found: readonly Balance[], at: string): Html {
  const question = (account: string) => `/books/transfers?account=${encodeURIComponent(account)}${at && `&at=${at}`}`;
  return table(say('Soldes', 'Balances'), [
    { head: say('Compte', 'Account'), cell: ({ account }: Balance) => html`<a href="${question(account)}"><code>${account}</code></a>` },
    { head: say('Écritures', 'Transfers'), number: true, cell: ({ transfers: held }) => count(held, language) },
    { head: say('Débit', 'Debit'), number: true, cell: ({ debitCents }) => amount(debitCents, language) }, { head: say('Crédit', 'Credit'), number: true, cell: ({ creditCents }) => amount(creditCents, language) },
    { head: say('Solde', 'Balance'), number: true, cell: ({ balanceCents }) => amount(balanceCents, language) },
  ], found);
}

export function transfersPage(visit: SignedInVisit, account: string, read: Read<z.output<typeof transfers>>, next: string | null): Html {
  const { say, language } = visit;
  const title = say(`Écritures de ${account}`, `Transfers of ${account}`);
  return signedInPage(visit, title, html`<p class="small"><a href="/books">${say('Livre des comptes', 'Books')}</a></p><h1>${title}</h1>${part(read, say, title, ({ items }) => html`<p class="lead">${
    count(items.length, language)} ${say('écritures, la plus récente d’abord.', 'transfers, the newest first.')}</p>${table(title, [
    { head: say('Le', 'On'), cell: ({ bookedAt }: Transfer) => moment(bookedAt, language) }, { head: say('Règle', 'Rule'), cell: ({ rule }) => rule },
    { head: say('Débit', 'Debit'), cell: ({ debit }) => html`<code>${debit}</code>` }, { head: say('Crédit', 'Credit'), cell: ({ credit }) => html`<code>${credit}</code>` },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amountText(amountCents, language) },
  ], items)}${next !== null && html`<p class="field"><a class="button" href="${next}" rel="next">${say('Suite', 'More')}</a></p>`}`)}`);
}
