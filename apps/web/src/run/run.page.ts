// The approver's question: is this right to pay? Four eyes: whoever prepared a run sees its panel locked.
import { uuidv7 } from 'uuidv7';
import { headline, missingPart, part, table } from '../components.js';
import { amount, amountText, count, counted, day, inFours, moment, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { progressPart } from '../progress/progress.part.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import { asksForCode } from '../second-factor/second-factor-words.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { purposeText } from './run-purposes.js';
import { runRefusal } from './run-refusals.js';
import { previewPart, reasonFields } from './run-preview.js';
import type { Breaker, Payment, Preview, Run } from './run.data.js';

export function runsPage(visit: SignedInVisit, read: Read<readonly Run[]>): Html {
  const { say, language } = visit;
  const title = say('Remboursements', 'Reimbursements');
  return signedInPage(visit, title, html`<h1>${title}</h1>${part(read, say, title, (runs) => {
    const waiting = runs.filter(({ state }) => state === 'drafted' || state === 'approved');
    const sum = waiting.reduce((total, { amountCents }) => total + amountCents, 0);
    return html`${headline(amount(sum, language), say('attendent une approbation ou un envoi.', 'wait for an approval or for being sent.'))}
<p class="field"><a class="button" href="/runs/new">${say('Préparer une campagne', 'Prepare a run')}</a> <a href="/closing-rules">${say('Arrêtés', 'Closings')}</a></p>
<section class="section"><h2>${say('Campagnes de virements', 'Payment runs')}</h2>${runs.length === 0
      ? html`<p class="empty">${say('Aucune campagne encore.', 'No run yet.')}</p>` : runTable(visit, runs)}</section>`;
  })}`);
}

function runTable({ say, language }: SignedInVisit, runs: readonly Run[]): Html {
  return table(say('Campagnes', 'Runs'), [
    { head: say('Campagne', 'Run'), cell: ({ runId, messageId }: Run) => html`<a href="/runs/${runId}">${messageId}</a>` },
    { head: say('Objet', 'Purpose'), cell: ({ purpose }) => purposeText(purpose, say) },
    { head: say('Préparée le', 'Prepared on'), cell: ({ createdAt }) => moment(createdAt, language) },
    { head: say('État', 'State'), cell: ({ state }) => status(state, say) },
    { head: say('Exécution', 'Execution'), cell: ({ executionOn }) => day(executionOn, language) },
    { head: say('Virements', 'Payments'), number: true, cell: ({ paymentCount }) => count(paymentCount, language) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], runs);
}

/** `preview`: while somebody may still say no. */
export type RunView = Readonly<{ run: Run; payments: Read<readonly Payment[]>; preview?: Read<Preview>; refused?: string;
  /** Of a run that left: payments that nobody knows the end of yet. */ openCount?: Read<number> }>;

export function runPage(visit: SignedInVisit, { run, payments, preview, refused, openCount }: RunView): Html {
  const { say, language } = visit;
  const inPayments = counted(run.paymentCount, language, [say('virement', 'payment'), say('virements', 'payments')]);
  const sentence = say(`à virer en ${inPayments}, le ${day(run.executionOn, language)}`, `to pay in ${inPayments}, on ${day(run.executionOn, language)}`);
  return signedInPage(visit, run.messageId, html`<p class="small"><a href="/runs">${say('Remboursements', 'Reimbursements')}</a></p>
<h1>${run.messageId} ${status(run.state, say)}</h1>
<p>${purposeText(run.purpose, say)}</p>
${refused && html`<div class="notice no" role="alert">${icon('refused')}<p>${runRefusal(refused, say)}${refused === 'second_factor_missing' && html` <a href="/second-factor">${say('Activer', 'Switch it on')}</a>`}</p></div>`}
<div class="two"><div>${headline(amount(run.amountCents, language), sentence)}${openCount && paidPart(visit, run, openCount)}
<section class="section"><h2>${say('Virements', 'Payments')}</h2>${preview
    ? part(preview, say, say('Virements', 'Payments'), (found) => previewPart(visit, found))
    : part(payments, say, say('Virements', 'Payments'), (found) => paymentTable(visit, found))}</section></div>
${panel(visit, { run, breakers: preview?.ok ? preview.value.breakers : [], refused })}</div>`);
}

/** Stripe answers within minutes, a bank with its statements: nobody waits for that before a page. */
function paidPart(visit: SignedInVisit, { rail, paymentCount }: Run, openCount: Read<number>): Piece {
  const { say } = visit;
  const title = say('Virements terminés', 'Payments that have come to an end');
  if (!openCount.ok) return missingPart(say, title, openCount);
  return progressPart(visit, {
    id: 'paid', title, done: paymentCount - openCount.value, total: paymentCount, what: say('virements', 'payments'), isLive: rail === 'stripe',
    next: rail === 'stripe' ? say('Chaque virement se fait tout seul ; ce que Stripe refuse reste dû et se lit dans le tableau.', 'Each payment goes by itself; what Stripe refuses stays owed, and stands in the table.')
      : say('La banque le dit par ses relevés, dans les jours qui viennent : déposez-les page « Banque ».', 'The bank says so by its statements, within days: hand them in on the page "Bank".'),
    over: say('Tous les virements sont terminés : recharger la page', 'All payments have come to an end: reload the page'),
  });
}

/** Who and how much stand first: on a phone the rest is a swipe away. */
function paymentTable({ say, language }: SignedInVisit, payments: readonly Payment[]): Html {
  return table(say('Virements', 'Payments'), [
    { head: say('Bénéficiaire', 'Payee'), cell: ({ legalName }: Payment) => legalName ?? say('Inconnu', 'Unknown') },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Compte', 'Account'), cell: ({ iban, stripeAccountId }) => html`<code>${iban ?? stripeAccountId}</code>` },
    { head: say('État', 'State'), cell: ({ state, reasonCode }) => html`${status(state, say)} ${reasonCode}` },
  ], payments);
}

type Panel = Readonly<{ run: Run; breakers: readonly Breaker[]; refused: string | undefined }>;

function panel(visit: SignedInVisit, { run, breakers, refused }: Panel): Html {
  const { say, language } = visit;
  return html`<aside class="panel"><h2>${say('Signatures', 'Signatures')}</h2>
<ul class="lines"><li><span class="what"><b>${say('Préparé par', 'Prepared by')} <code title="${run.createdBy}">${shortId(run.createdBy)}</code></b>${moment(run.createdAt, language)}</span></li>
${run.approvals.map(({ userId, at }) => html`<li><span class="what"><b>${say('Approuvé par', 'Approved by')} <code title="${userId}">${shortId(userId)}</code></b>${moment(at, language)}</span></li>`)}
${run.releasedAt && html`<li><span class="what"><b>${say('Envoyé', 'Sent')}</b>${moment(run.releasedAt, language)}</span></li>`}
${run.cancelledAt && html`<li><span class="what"><b>${say('Annulé par', 'Cancelled by')} <code title="${run.cancelledBy}">${shortId(run.cancelledBy ?? '')}</code></b>${moment(run.cancelledAt, language)}<span class="more-words">${run.cancelReason}</span></span></li>`}</ul>
<p class="small section"><b>${say('Empreinte du fichier', 'Fingerprint of the file')}</b> pain.001, SHA-256</p>
<p class="fingerprint">${fingerprint(run.sha256)}</p>
${action(visit, { run, breakers, refused })}${cancelForm(visit, run)}</aside>`;
}

/** In groups of four; the ends, which people compare, in bold. */
function fingerprint(sha256: string): Html {
  return html`<b>${inFours(sha256.slice(0, 8))}</b> ${inFours(sha256.slice(8, -8))} <b>${inFours(sha256.slice(-8))}</b>`;
}

/** One filled button, named by its effect; the fingerprint goes with the form, so that what was seen is what is approved. */
function action(visit: SignedInVisit, { run: { runId, state, sha256, amountCents }, breakers, refused }: Panel): Html {
  const { say, language, person } = visit;
  const roles = person.organisation.roles;
  const hidden = html`<input type="hidden" name="key" value="${uuidv7()}">${refused !== undefined && asksForCode(refused) && codeOrPasskey(say)}`;
  if (state === 'drafted' && roles.includes('approver')) {
    return html`<form method="post" action="/runs/${runId}/approve">${hidden}<input type="hidden" name="sha256" value="${sha256}">${reasonFields(breakers, visit)}
<button class="button filled large">${say('Approuver', 'Approve')} ${amountText(amountCents, language)}</button>
<p class="small quiet field">${say('Qui a préparé ne peut pas approuver.', 'Who prepared cannot approve.')}</p></form>`;
  }
  if (state === 'approved' && (roles.includes('operator') || roles.includes('approver'))) {
    return html`<form method="post" action="/runs/${runId}/release">${hidden}
<button class="button filled large">${say('Envoyer', 'Send')} ${amountText(amountCents, language)} ${say('à la banque', 'to the bank')}</button></form>`;
  }
  return html``;
}

/** Below what lets money go, and behind a fold. What is sent cannot be called back, so that nothing is offered then. */
function cancelForm({ say, person }: SignedInVisit, { runId, state }: Run): Html {
  const isOpen = state === 'drafted' || state === 'approved';
  if (!isOpen || !person.organisation.roles.some((role) => role === 'operator' || role === 'approver')) return html``;
  return html`<details class="section"><summary>${say('Annuler cette campagne', 'Cancel this run')}</summary>
<form method="post" action="/runs/${runId}/cancel"><input type="hidden" name="key" value="${uuidv7()}">
<p class="small">${say('Rien ne part. Ce qu’elle payait reste dû et entre dans la prochaine ; les approbations ne valent plus.', 'Nothing leaves. What it paid stays owed and goes into the next run; its approvals are worth nothing any more.')}</p>
<p class="field"><label for="reason">${say('Pourquoi ?', 'Why?')}</label><textarea id="reason" name="reason" rows="2" maxlength="500" required></textarea></p>
<button class="button">${say('Annuler la campagne', 'Cancel the run')}</button></form></details>`;
}
