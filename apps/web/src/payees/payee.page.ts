// One payee: who it is, what it is owed, the accounts that it is paid on and who stands behind each.
import { headline, section, table } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { facts, person } from '../decisions/timeline.js';
import { amount, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { VERIFICATIONS, wordOf } from '../operator/words.js';
import { accountStatus, status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { loadPayee, type Account, type Destination, type PayeeFile, type Share } from './payee.data.js';
import { payeeForms } from './payee.forms.js';

/** A changed account is not paid to for so long; the first one is at once. */
const COOLING_OFF_MS = 72 * 3_600_000;

export const payeePage: DecisionPage<PayeeFile> = {
  route: 'payees/:id', prefix: 'pye', load: loadPayee,
  back: ({ say }) => ({ href: '/payees', word: say('Bénéficiaires des virements', 'Payees') }),
  title: ({ payee: { legalName, places } }, { say }) => legalName ?? places[0]?.name ?? say('Bénéficiaire à compléter', 'Payee to be completed'),
  show, forms: payeeForms,
};

function show({ payee, accounts, destinations, shares }: PayeeFile, visit: SignedInVisit): Html {
  const { say, language } = visit;
  return html`${headline(amount(payee.payableCents, language), say('lui sont dus, par des relevés clos.', 'are owed to it, by closed statements.'))}
<p class="field">${status(payee.state, say)} ${accountStatus(payee.bankState, say)}</p>
<section class="section">${facts([
    [say('SIREN', 'SIREN'), payee.siren ?? say('Inconnu', 'Unknown')],
    [say('Encaissé, pas encore arrêté', 'Redeemed, not closed yet'), amount(payee.accruedCents, language)],
    [say('En route vers la banque', 'On its way to the bank'), amount(payee.inTransitCents, language)],
    [say('Viré', 'Paid'), amount(payee.paidCents, language)],
    ...payee.places.map(({ placeId, name, siret }) => [say('Lieu', 'Place'), html`<a href="/registered-places/${placeId}">${name ?? shortId(placeId)}</a>${siret && html` <span class="quiet">${siret}</span>`}`] as const),
  ])}<p class="field"><a href="/payee-statements?payeeId=${payee.payeeId}">${say('Relevés', 'Statements')}</a> · <a href="/payments?payeeId=${payee.payeeId}">${say('Virements', 'Payments')}</a></p></section>
${section(accounts, say, say('Comptes bancaires, le plus récent d’abord', 'Bank accounts, the newest first'), (found) => accountTable(visit, found))}
${section(shares, say, say('Partage d’un IBAN', 'Shared IBAN'), (found) => shareTable(visit, found))}
${section(destinations, say, say('Comptes Stripe, le plus récent d’abord', 'Stripe accounts, the newest first'), (found) => destinationTable(visit, found))}`;
}

type Steps = Pick<Account, 'maker' | 'proposedAt' | 'checker' | 'approvedAt' | 'blockedAt' | 'blockedReason' | 'replacedAt'>;

/** Who entered it and who checked it, and what became of it since. */
function whoAndWhen({ say, language }: SignedInVisit, { maker, proposedAt, checker, approvedAt, blockedAt, blockedReason,
  replacedAt }: Steps): Html {
  return html`${say('Saisi', 'Entered')} ${moment(proposedAt, language)} ${person(maker)}${approvedAt && html`<br>${say('Approuvé', 'Approved')} ${moment(approvedAt, language)} ${checker && person(checker)}`}${
    replacedAt && html`<br>${say('Remplacé', 'Replaced')} ${moment(replacedAt, language)}`}${blockedAt && html`<br>${say('Bloqué', 'Blocked')} ${moment(blockedAt, language)} ${blockedReason}`}`;
}

function accountTable(visit: SignedInVisit, accounts: readonly Account[]): Html {
  const { say, language } = visit;
  if (accounts.length === 0) return html`<p class="empty">${say('Aucun compte saisi.', 'No account entered.')}</p>`;
  const isChange = (one: Account) => accounts.some(({ version, approvedAt }) => version < one.version && approvedAt !== null);
  const waits = (one: Account) => one.approvedAt !== null && one.state === 'approved' && isChange(one)
    && html`<br><span class="quiet">${say('Payable à partir du', 'Paid to from')} ${moment(new Date(Date.parse(one.approvedAt) + COOLING_OFF_MS).toISOString(), language)} ${say('(72 h après un changement)', '(72 h after a change)')}</span>`;
  return table(say('Comptes bancaires', 'Bank accounts'), [
    { head: say('Compte', 'Account'), cell: ({ iban, holder, version, placeId }: Account) => html`<code>${iban}</code><br>${holder} <span class="quiet">v${version}</span>${placeId && html`<br><span class="quiet">${say('saisi par le lieu', 'entered by the place')}</span>`}` },
    { head: say('État', 'State'), cell: (one) => html`${accountStatus(one.state, say)}${waits(one)}` },
    { head: say('La banque dit', 'The bank says'), cell: ({ verification, approvalReason }) => html`${verification === null ? say('Pas de réponse', 'No answer')
      : html`${wordOf(VERIFICATIONS, verification.outcome, say)}<br><span class="quiet">${moment(verification.answeredAt, language)} ${verification.bankText}</span>`}${approvalReason && html`<br>${approvalReason}`}` },
    { head: say('Qui et quand', 'Who and when'), cell: (one) => whoAndWhen(visit, one) },
  ], accounts);
}

function destinationTable(visit: SignedInVisit, destinations: readonly Destination[]): Html {
  const { say } = visit;
  if (destinations.length === 0) return html`<p class="empty">${say('Aucun compte Stripe : payé par virement bancaire.', 'No Stripe account: paid by bank transfer.')}</p>`;
  return table(say('Comptes Stripe', 'Stripe accounts'), [
    { head: say('Compte', 'Account'), cell: ({ stripeAccountId, businessName, legalName, country }: Destination) => html`<code>${stripeAccountId}</code><br>${businessName ?? legalName} (${country})` },
    { head: say('État', 'State'), cell: ({ state }) => accountStatus(state, say) },
    { head: say('Qui et quand', 'Who and when'), cell: (one) => whoAndWhen(visit, one) },
  ], destinations);
}

function shareTable({ say, language }: SignedInVisit, shares: readonly Share[]): Html {
  if (shares.length === 0) return html`<p class="empty">${say('Cet organisme ne partage aucun IBAN.', 'This body shares no IBAN.')}</p>`;
  return table(say('Partage d’un IBAN', 'Shared IBAN'), [
    { head: 'IBAN', cell: ({ iban }: Share) => html`<code>${iban}</code>` },
    { head: say('Pourquoi', 'Why'), cell: ({ reason }) => reason },
    { head: say('État', 'State'), cell: ({ approvedAt, withdrawnAt }) => status(withdrawnAt ? 'withdrawn' : approvedAt ? 'confirmed' : 'proposed', say) },
    { head: say('Qui et quand', 'Who and when'), cell: ({ proposedBy, proposedAt, approvedBy, approvedAt }) => html`${moment(proposedAt, language)} ${person(proposedBy)}${approvedBy && html`<br>${moment(approvedAt, language)} ${person(approvedBy)}`}` },
  ], shares);
}
