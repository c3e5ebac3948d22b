// The books of all services as one at a moment: what covers what is owed, and the accounts that each figure is made of.
import { headline, part, table } from '../components.js';
import { amount, count, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { wordOf, type WordsOf } from '../operator/words.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { addressOf, type Account, type Consolidation, type CustodyAccount, type Programme } from './consolidation.data.js';

const CLASSES: WordsOf = {
  asset: ['Avoir', 'Asset'], liability: ['Dette', 'Debt'], own: ['Propre à l’opérateur', 'The operator’s own'], clearing: ['Entre les livres', 'Between the ledgers'],
};
export const consolidationTitle = ({ say }: SignedInVisit): string => say('Balance', 'Trial balance');

export function consolidationPage(visit: SignedInVisit, at: string, read: Read<Consolidation>): Html {
  const { say } = visit;
  const title = consolidationTitle(visit);
  return signedInPage(visit, title, html`<h1>${title}</h1>
${part(read, say, title, (found) => answer(visit, found))}
${dayForm(visit, at)}<p><a class="button link" href="/restatements">${say('Livres refaits depuis le premier événement', 'Ledgers made again from the first event')}</a></p>
${read.ok && read.value.custodyAccounts.map((one) => custodyAccountPart(visit, one, at))}`);
}

function answer({ say, language }: SignedInVisit, { asOf, upTo, custodyAccounts }: Consolidation): Html {
  if (custodyAccounts.length === 0) {
    return headline(say('Rien n’est écrit', 'Nothing is booked'), say('Choisissez un jour plus tardif, ou attendez le premier paiement.', 'Choose a later day, or wait for the first payment.'));
  }
  const coverage = custodyAccounts.reduce((sum, { coverageCents }) => sum + coverageCents, 0);
  const clearing = custodyAccounts.some(({ clearingCents }) => clearingCents !== 0);
  const gap = custodyAccounts.some(({ coverageCents }) => coverageCents < 0);
  return html`${headline(amount(coverage, language), gap ? say('d’avoirs moins dettes : un compte cantonné n’est pas couvert.', 'of assets less debts: a custody account is not covered.')
    : say('d’avoirs de plus que de dettes : tout est couvert.', 'more of assets than of debts: everything is covered.'))}
<p class="quiet">${say('Livres refaits par l’audit, à partir des événements, au', 'Books made again by audit, from the events, as of')} ${moment(asOf, language)}. ${
  say('Jusqu’aux numéros', 'Up to numbers')} ${upTo.map(({ sender, seq }) => html`${sender} ${count(seq, language)} `)}</p>${
  clearing && html`<div class="notice no" role="alert"><p>${say('Ce qui passe d’un livre à l’autre ne fait pas zéro.', 'What crosses between the ledgers does not come to zero.')}</p></div>`}`;
}

const dayForm = ({ say }: SignedInVisit, at: string): Html => html`<form method="get" action="/consolidation"><div class="field"><label for="at">${say('À la fin du jour', 'At the end of the day')}</label><input id="at" name="at" type="date" value="${at}"></div>
<p class="field"><button class="button">${say('Montrer la balance de ce jour', 'Show the balance of this day')}</button></p></form>`;

function custodyAccountPart(visit: SignedInVisit, one: CustodyAccount, at: string): Html {
  const { say, language } = visit;
  const figures: readonly (readonly [string, number])[] = [
    [say('Avoirs', 'Assets'), one.assetsCents], [say('Dettes', 'Debts'), one.liabilitiesCents], [say('Avoirs moins dettes', 'Assets less debts'), one.coverageCents],
    [say('Propre à l’opérateur', 'The operator’s own'), one.ownCents], [say('Frais gagnés', 'Fees earned'), one.feesCents], [say('Fonds commun', 'Commons'), one.commonsCents],
    [say('Entre les livres', 'Between the ledgers'), one.clearingCents],
  ];
  return html`<section class="section"><h2>${say('Compte cantonné', 'Custody account')} <code>${shortId(one.custodyAccountId)}</code></h2>
<dl class="lines">${figures.map(([name, cents]) => html`<div><dt>${name}</dt><dd>${amount(cents, language)}</dd></div>`)}</dl></section>
${one.programmes.length > 0 && html`<section class="section"><h2>${say('Par programme', 'By programme')}</h2>${programmeTable(visit, one.programmes)}</section>`}
<section class="section"><h2>${say('Comptes', 'Accounts')}</h2>${accountTable(visit, one, at)}</section>`;
}

const programmeTable = ({ say, language }: SignedInVisit, programmes: readonly Programme[]): Html => table(say('Par programme', 'By programme'), [
  { head: say('Programme', 'Programme'), cell: ({ programmeId }: Programme) => html`<code title="${programmeId}">${shortId(programmeId)}</code>` },
  { head: say('Payé, pas encore actif', 'Paid, not active yet'), number: true, cell: ({ coverCents }) => amount(coverCents, language) },
  { head: say('Aux porteurs', 'With holders'), number: true, cell: ({ outstandingCents }) => amount(outstandingCents, language) },
  { head: say('Échu, à décider', 'Expired, to be decided'), number: true, cell: ({ expiredCents }) => amount(expiredCents, language) },
  { head: say('Utilisé', 'Used'), number: true, cell: ({ redeemedCents }) => amount(redeemedCents, language) },
  { head: say('Jamais utilisé', 'Never used'), number: true, cell: ({ breakageCents }) => amount(breakageCents, language) },
], programmes);

function accountTable({ say, language }: SignedInVisit, { custodyAccountId, accounts }: CustodyAccount, at: string): Html {
  const address = ({ ledger, account, programmeId }: Account) =>
    addressOf('/consolidation/accounts', { at, ledger, account, custodyAccountId, ...(programmeId !== null && { programmeId }) });
  return table(say('Comptes', 'Accounts'), [
    { head: say('Livre', 'Ledger'), cell: ({ ledger }: Account) => ledger },
    { head: say('Compte', 'Account'), cell: (row) => html`<a href="${address(row)}"><code>${row.account}</code></a>` },
    { head: say('Nature', 'Kind'), cell: (row) => wordOf(CLASSES, row.class, say) },
    { head: say('Programme', 'Programme'), cell: ({ programmeId }) => programmeId && html`<code title="${programmeId}">${shortId(programmeId)}</code>` },
    { head: say('Écritures', 'Transfers'), number: true, cell: ({ transfers }) => count(transfers, language) },
    { head: say('Solde', 'Balance'), number: true, cell: ({ balanceCents }) => amount(balanceCents, language) },
  ], accounts);
}
