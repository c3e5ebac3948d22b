// The receipt of a voucher's last use: the field of its code, and what one takes along, to be printed as it stands.
import { SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH, type ServiceCode } from '#libs/contracts';
import { amount, amountText, longDay, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { publicPage } from '../layout.js';
import type { Problem } from '../services.js';
import type { Help } from '../settings.js';
import type { Visit } from '../visit.js';
import type { Mistyped } from '../voucher/code-typed.js';
import { askForHelp, codeField, notice, wentWrong } from '../voucher/holder-parts.js';
import { notFound } from '../voucher/voucher.page.js';
import type { Receipt } from './receipt.data.js';

const SCRIPT = html`<script src="/assets/voucher.js" type="module"></script>`;

/** Two buttons: whoever reads large print says so with the code, for the answer of a form has no address to change. */
export function receiptForm(visit: Visit, help: Help | undefined, wrong?: Mistyped | Problem): Html {
  const { say } = visit;
  const title = say('Le reçu de mon chèque', 'The receipt of my voucher');
  return publicPage(visit, title, html`<h1>${title}</h1><p class="lead">${say('Après avoir utilisé un chèque, vous pouvez voir et imprimer un reçu.', 'After you used a voucher, you can see and print a receipt.')}</p>
${wrong && 'code' in wrong && problemOf(visit, wrong)}
<form method="post" action="/receipt" id="receipt">${codeField(say, wrong && 'kept' in wrong ? wrong : undefined)}
<p class="field"><button class="button filled large">${say('Voir le reçu', 'See the receipt')}</button></p>
<p class="field"><button class="button large" formaction="/receipt?large=1">${
    say('Le voir en gros caractères', 'See it in large print')}</button></p></form>
<section class="section"><h2>${say('Bon à savoir', 'Good to know')}</h2><ul class="lines">
<li>${say('Le reçu dit le lieu, le jour et le montant. Il ne dit pas votre nom.', 'The receipt says the place, the day and the amount. It does not say your name.')}</li>
<li>${say('Il montre la dernière utilisation du chèque.', 'It shows the last use of the voucher.')}</li>
<li>${say('Qui a le code peut voir ce reçu. Gardez le code pour vous.', 'Whoever has the code can see this receipt. Keep the code to yourself.')}</li></ul></section>
<p class="section"><a class="target" href="/v">${say('Que reste-t-il sur mon chèque ?', 'What is left on my voucher?')}</a></p>${askForHelp(say, help)}`, { reading: true, scripts: SCRIPT });
}

function problemOf(visit: Visit, problem: Problem): Html {
  const { say } = visit;
  switch (problem.code) {
    case 'voucher_not_found': return notFound(visit);
    case 'voucher_without_use': return notice(say('Ce chèque n’a pas encore servi.', 'This voucher was not used yet.'),
      say('Vous aurez un reçu quand un lieu l’aura pris.', 'There will be a receipt once a place has taken it.'), 'wait');
    default: return wentWrong(say, problem);
  }
}

export function receiptPage(visit: Visit, receipt: Receipt, help: Help | undefined): Html {
  const { say, language } = visit;
  const title = say('Reçu', 'Receipt');
  const { redemptionId, placeName, commune, programmeName, serviceDate, redeemedAt, amountCents, coPaymentCents, undoneOn } = receipt;
  const names: Readonly<Record<ServiceCode, string>> = language === 'fr' ? SERVICE_NAMES : SERVICE_NAMES_IN_ENGLISH;
  const service = receipt.service === null ? say('Accompagnement au numérique', 'Help with digital things') : names[receipt.service as ServiceCode] ?? receipt.service;
  const line = (name: string, value: Piece): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return publicPage(visit, title, html`<section class="voucher receipt" aria-labelledby="receipt"><h1 id="receipt">${title}</h1>
<p class="worth">${amount(amountCents, language)}</p><dl>${line(say('Lieu', 'Place'), html`${placeName}${commune !== null && html`, ${commune}`}`)}
${line(say('Pour', 'For'), service)}${line(say('Jour du service', 'Day of the service'), longDay(serviceDate, language))}
${line(say('Chèque pris le', 'Voucher taken on'), moment(redeemedAt, language))}
${coPaymentCents > 0 && line(say('Payé en plus', 'Paid besides'), amount(coPaymentCents, language))}
${programmeName && line(say('Programme', 'Programme'), programmeName)}
${line(say('Reçu n°', 'Receipt no.'), html`<code>${redemptionId}</code>`)}</dl></section>
${undoneOn !== null && notice(say('Cette utilisation a été annulée.', 'This use was taken back.'), say(
    `Le ${longDay(undoneOn, language)}, le chèque a retrouvé ces ${amountOf(receipt, visit)}.`,
    `On ${longDay(undoneOn, language)} the voucher got these ${amountOf(receipt, visit)} back.`), 'wait')}
<p class="lead">${leftSaid(visit, receipt)}</p>
<div class="not-printed"><p class="section">${say('Pour l’imprimer : « Imprimer » dans le menu de votre navigateur.', 'To print it: “Print” in the menu of your browser.')}</p>
<p><a class="target" href="/receipt">${say('Un autre reçu', 'Another receipt')}</a></p>${askForHelp(say, help)}</div>`, { reading: true });
}

const amountOf = ({ amountCents }: Receipt, { language }: Visit): string => amountText(amountCents, language);

/** As it stands now, which may be less than right after this use: a day may have passed. */
function leftSaid({ say, language }: Visit, { state, availableCents, leftAfterCents, undoneOn, usableUntil }: Receipt): Html | string {
  if (state === 'usable') {
    return html`${say('Il reste', 'Left:')} ${amount(availableCents, language)}${say(`, jusqu’au ${longDay(usableUntil, language)}.`, `, until ${longDay(usableUntil, language)}.`)}`;
  }
  if (leftAfterCents === 0 && undoneOn === null) return say('Il ne reste rien sur ce chèque.', 'Nothing is left on this voucher.');
  return html`${say('Il restait', 'There was left')} ${amount(leftAfterCents, language)}${say('. Ce chèque ne s’utilise plus, ou pas pour le moment : vérifiez-le.', '. This voucher cannot be used any more, or not for now: check it.')}`;
}
