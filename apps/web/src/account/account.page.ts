// Where the money of a place goes, since when, and how to change it: two people, a code, three days, and everybody is told.
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { headline, missingPart, table } from '../components.js';
import { moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { accountRefusal } from './account-refusals.js';

const version = z.object({
  version: z.int(), iban: z.string(), holder: z.string(), state: z.enum(['proposed', 'approved', 'blocked', 'replaced']), byPlace: z.boolean(),
  proposedAt: z.string(), approvedAt: z.string().nullable(), replacedAt: z.string().nullable(), blockedAt: z.string().nullable(),
});
export const accountShape = z.object({
  legalName: z.string().nullable(), siren: z.string().nullable(), placeCount: z.int(), byStripe: z.boolean(),
  paidTo: z.object({ iban: z.string(), holder: z.string(), blocked: z.boolean(), waitsUntil: z.string().nullable() }).nullable(),
  versions: z.array(version),
});
type Account = z.output<typeof accountShape>;
type Version = z.output<typeof version>;
export type Typed = Readonly<{ key: string; iban: string; holder: string; bic: string }>;
/** What was typed and why it was refused; nothing of it is cleared. */
export type Refused = Readonly<{ code: string; typed: Typed }>;

export function accountPage(visit: SignedInVisit, read: Read<Account>, refused?: Refused): Html {
  const { say } = visit;
  const title = say('Compte bancaire', 'Bank account');
  const isUnknown = !read.ok && read.code === 'place_unknown';
  return signedInPage(visit, title, html`<p class="small"><a href="/statements">${say('Remboursements', 'Reimbursements')}</a></p><h1>${title}</h1>
${refused && html`<div class="notice no" role="alert">${icon('refused')}<p>${accountRefusal(refused.code, say)}${
    refused.code === 'second_factor_missing' && html` <a href="/second-factor">${say('Activer', 'Switch it on')}</a>`}</p></div>`}
${read.ok ? shown(visit, read.value, refused) : isUnknown
    ? headline(say('Pas encore', 'Not yet'), accountRefusal('place_unknown', say)) : missingPart(say, title, read)}`);
}

function shown(visit: SignedInVisit, account: Account, refused: Refused | undefined): Html {
  return html`<div class="two"><div>${standing(visit, account)}${history(visit, account.versions)}</div>${changeForm(visit, account, refused)}</div>`;
}

function standing({ say, language }: SignedInVisit, { paidTo, legalName, placeCount, byStripe, versions }: Account): Html {
  const waiting = versions.find(({ state }) => state === 'proposed' && versions[0]?.state === 'proposed');
  const shared = placeCount > 1 && html`<p class="quiet">${say(`C’est aussi celui des autres lieux de ${legalName} : ${placeCount} lieux en tout.`, `It is also that of the other places of ${legalName}: ${placeCount} places in all.`)}</p>`;
  const answer = paidTo ? headline(html`<code>${paidTo.iban}</code>`, say(`au nom de ${paidTo.holder}`, `in the name of ${paidTo.holder}`))
    : headline(byStripe ? 'Stripe' : say('Aucun compte', 'No account'), byStripe ? say('Vos virements passent par Stripe.', 'You are paid through Stripe.') : say('Sans compte, ce qui vous est dû attend. Rien n’est perdu.', 'Without an account, what you are owed waits. Nothing is lost.'));
  return html`${answer}${shared}
${paidTo?.blocked && html`<div class="notice no" role="status">${icon('refused')}<p>${say('Votre banque a renvoyé un virement : rien ne part plus vers ce compte. Donnez-en un autre.', 'Your bank sent a payment back: nothing goes to this account any more. Give another one.')}</p></div>`}
${paidTo?.waitsUntil && html`<div class="notice wait" role="status">${icon('clock')}<p>${say(`Ce compte a changé : il est payé à partir du ${moment(paidTo.waitsUntil, language)}.`, `This account changed: it is paid to from ${moment(paidTo.waitsUntil, language)} on.`)}</p></div>`}
${waiting && html`<div class="notice info" role="status">${icon('underway')}<p>${say(`Le compte ${waiting.iban}, saisi le ${moment(waiting.proposedAt, language)}, attend qu’une personne de l’opérateur le compare à votre RIB.`,
    `The account ${waiting.iban}, entered on ${moment(waiting.proposedAt, language)}, waits for somebody of the operator to compare it with your bank details.`)}</p></div>`}`;
}

function history({ say, language }: SignedInVisit, versions: readonly Version[]): Html {
  return html`<section class="section"><h2>${say('Historique, du plus récent', 'History, newest first')}</h2>${versions.length === 0 ? html`<p class="empty">${say('Aucun compte encore.', 'No account yet.')}</p>`
    : table(say('Versions du compte', 'Versions of the account'), [
      { head: say('Compte', 'Account'), cell: ({ iban }: Version) => html`<code>${iban}</code>` },
      { head: say('État', 'State'), cell: ({ state }) => status(state === 'approved' ? 'in_use' : state, say) },
      { head: say('Saisi', 'Entered'), cell: ({ proposedAt, byPlace }) => html`${moment(proposedAt, language)}, ${byPlace ? say('par votre organisme', 'by your body') : say('par l’opérateur', 'by the operator')}` },
      { head: say('Approuvé', 'Approved'), cell: ({ approvedAt }) => moment(approvedAt, language) },
      { head: say('Jusqu’au', 'Until'), cell: ({ replacedAt, blockedAt }) => moment(replacedAt ?? blockedAt, language) },
    ], versions)}</section>`;
}

/** With the form: what will happen, before the click. The code is asked for at once, because the service always wants a fresh one. */
function changeForm({ say, person }: SignedInVisit, { paidTo, legalName }: Account, refused: Refused | undefined): Html {
  if (!person.organisation.roles.includes('manager')) return html``;
  const { key, iban, holder, bic } = refused?.typed ?? { key: uuidv7(), iban: '', holder: legalName ?? '', bic: '' };
  return html`<aside class="panel"><h2>${paidTo ? say('Changer de compte', 'Change the account') : say('Donner un compte', 'Give an account')}</h2>
<ol class="steps"><li>${say('Vous le saisissez, avec un code de votre second facteur.', 'You enter it, with a code of your second factor.')}</li>
<li>${say('Toutes les personnes responsables de vos lieux reçoivent un message.', 'All managers of your places are told by mail.')}</li>
<li>${say('Une personne de l’opérateur le compare à votre RIB et l’approuve.', 'Somebody of the operator compares it with your bank details and approves it.')}</li>
<li>${paidTo ? say('Trois jours plus tard, il est payé. Jusque-là, l’ancien compte reste.', 'Three days later it is paid to. Until then, the old account stays.') : say('Il est payé dès l’approbation.', 'It is paid to as soon as it is approved.')}</li></ol>
<form method="post" action="/account"><input type="hidden" name="key" value="${key}">
<div class="field"><label for="iban">IBAN</label><input id="iban" name="iban" required maxlength="42" autocomplete="off" spellcheck="false" value="${iban}"></div>
<div class="field"><label for="holder">${say('Titulaire, comme la banque l’écrit', 'Holder, as the bank writes it')}</label><input id="holder" name="holder" required maxlength="70" value="${holder}"></div>
<div class="field"><label for="bic">BIC ${say('(facultatif)', '(optional)')}</label><input id="bic" name="bic" maxlength="11" value="${bic}"></div>
${codeOrPasskey(say)}
<button class="button filled large">${paidTo ? say('Demander ce changement de compte', 'Ask for this change of account') : say('Enregistrer ce compte', 'Register this account')}</button></form></aside>`;
}
