// What is left on my voucher? The field, and the answer: the amount first, then until when, what for, where, and what if it is lost.
import { SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH, type ServiceCode } from '#libs/contracts';
import { amount, longDay } from '../format.js';
import { html, type Html } from '../html.js';
import { icon, type IconName } from '../icons.js';
import { publicPage } from '../layout.js';
import type { Problem } from '../services.js';
import type { Help } from '../settings.js';
import type { Visit } from '../visit.js';
import type { Mistyped } from './code-typed.js';
import { askForHelp, codeField, notice, wentWrong } from './holder-parts.js';
import type { HeldVoucher } from './voucher.data.js';

const SCRIPT = html`<script src="/assets/voucher.js" type="module"></script>`;
const SOON_DAYS = 31;
const DAY_MS = 86_400_000;

/** Where the code is, for who has never held one. */
const PICTURE = html`<svg class="where-code" viewBox="0 0 220 90" aria-hidden="true"><rect x="1" y="1" width="218" height="88" rx="10"/>
<path d="M150 18h44v44h-44zM158 26h10v10h-10zM178 26h8v8h-8zM158 46h8v8h-8zM176 44h10v10h-10z"/><path class="mark-here" d="M132 76h80"/><path d="M16 26h70M16 42h50"/></svg>`;

export function voucherPage(visit: Visit, help: Help | undefined, wrong?: Mistyped | Problem): Html {
  const { say } = visit;
  const title = say('Que reste-t-il sur mon chèque ?', 'What is left on my voucher?');
  return publicPage(visit, title, html`<h1>${title}</h1>
${wrong && 'code' in wrong && (wrong.code === 'voucher_not_found' ? notFound(visit) : wentWrong(say, wrong))}
<form method="post" action="/v" id="voucher">${codeField(say, wrong && 'kept' in wrong ? wrong : undefined)}
<p class="field"><button class="button filled large">${say('Vérifier ce chèque', 'Check this voucher')}</button></p></form>
${PICTURE}
<section class="section"><h2>${say('Bon à savoir', 'Good to know')}</h2><ul class="lines">
<li>${say('Vérifier ne dépense rien.', 'Checking spends nothing.')}</li>
<li>${say('Le chèque ne porte pas votre nom. Nous ne le demandons pas.', 'The voucher does not bear your name. We do not ask for it.')}</li>
<li>${say('Gardez le code pour vous : il vaut de l’argent.', 'Keep the code to yourself: it is worth money.')}</li></ul></section>
${elsewhere(visit)}${askForHelp(say, help)}`, { reading: true, scripts: SCRIPT });
}

export const notFound = ({ say }: Visit): Html => notice(say('Aucun chèque utilisable n’a ce code.', 'No usable voucher has this code.'), say(
  'Relisez le code. S’il est juste, le chèque n’est pas encore actif : demandez à qui vous l’a remis.',
  'Read the code again. If it is right, the voucher is not active yet: ask whoever gave it to you.'), 'no');

const elsewhere = ({ say }: Visit): Html => html`<section class="section"><h2>${say('Autre chose', 'Something else')}</h2><ul class="lines">
<li><a class="target" href="/places">${say('Trouver un lieu', 'Find a place')}</a></li>
<li><a class="target" href="/receipt">${say('Reçu d’un chèque utilisé', 'Receipt of a used voucher')}</a></li>
<li><a class="target" href="/lost">${say('Chèque perdu ou volé', 'Voucher lost or stolen')}</a></li></ul></section>`;

type Said = readonly [icon: IconName, french: string, english: string];
const STATES: Readonly<Record<HeldVoucher['state'], Said>> = {
  usable: ['done', 'Vous pouvez l’utiliser', 'You can use it'],
  held: ['clock', 'Un lieu est en train de l’utiliser', 'A place is using it just now'],
  used: ['closed', 'Il a été utilisé', 'It was used'],
  stopped: ['refused', 'Il a été arrêté', 'It was stopped'],
  expired: ['hourglass', 'Sa date est passée', 'Its date has passed'],
  frozen: ['clock', 'Il ne s’utilise pas pour le moment', 'It cannot be used for now'],
};

export function heldVoucherPage(visit: Visit, voucher: HeldVoucher, { help, now }: Readonly<{ help: Help | undefined; now: Date }>): Html {
  const { say, language } = visit;
  const [name, french, english] = STATES[voucher.state];
  const usable = voucher.state === 'usable';
  return publicPage(visit, say(french, english), html`<section class="voucher ${!usable && 'over'}" aria-labelledby="state">
<h1 id="state">${icon(name)} ${say(french, english)}</h1>
<p class="worth">${amount(usable ? voucher.availableCents : voucher.faceCents, language)}</p>
<dl><div><dt>${say('Jusqu’au', 'Until')}</dt><dd>${longDay(voucher.usableUntil, language)}</dd></div>
${voucher.programmeName && html`<div><dt>${say('Programme', 'Programme')}</dt><dd>${voucher.programmeName}</dd></div>`}</dl></section>
${usable ? soon(visit, voucher, now) : null}<p class="lead">${sentenceOf(visit, voucher)}</p>
${usable && servicesPart(visit, voucher.services)}${usable && wherePart(visit, voucher.programmeId)}
${usable && html`<section class="section"><h2>${say('Perdu ou volé ?', 'Lost or stolen?')}</h2><p>${
    say('Arrêtez-le tout de suite. Personne ne pourra plus s’en servir.', 'Stop it at once. Nobody can use it then.')}</p>
<p class="field"><a class="button wide" href="/lost">${say('Arrêter un chèque perdu ou volé', 'Stop a lost or stolen voucher')}</a></p></section>`}
${voucher.usedOn !== null && html`<p class="section"><a class="target" href="/receipt">${say('Voir et imprimer le reçu', 'See and print the receipt')}</a></p>`}
<p class="section"><a class="target" href="/v">${say('Vérifier un autre chèque', 'Check another voucher')}</a></p>${askForHelp(say, help)}`, { reading: true, scripts: SCRIPT });
}

/** A month or less is said before anything else. */
function soon({ say }: Visit, { usableUntil }: HeldVoucher, now: Date): Html | null {
  const days = Math.ceil((Date.parse(`${usableUntil}T23:59:59Z`) - now.getTime()) / DAY_MS);
  if (days > SOON_DAYS) return null;
  const left = days <= 1 ? say('C’est le dernier jour.', 'This is the last day.') : say(`Il reste ${days} jours.`, `${days} days are left.`);
  return notice(left, say('Prenez rendez-vous sans attendre.', 'Make an appointment without delay.'), 'wait');
}

function sentenceOf({ say, language }: Visit, { state, kind, availableCents, usedOn, stoppedOn, usableUntil }: HeldVoucher): Html | string {
  const on = (text: string | null) => (text ? say(` le ${longDay(text, language)}`, ` on ${longDay(text, language)}`) : '');
  switch (state) {
    case 'usable': return html`${say('Donnez-le à un lieu qui prend ces chèques.', 'Give it to a place that takes these vouchers.')} ${kind === 'unit'
      ? say('Il s’utilise en une fois.', 'It is used all at once.') : html`${say('Vous pouvez l’utiliser en plusieurs fois. Il reste', 'You can use it in several parts. Left:')} ${amount(availableCents, language)}.`}`;
    case 'held': return say('Attendez une demi-heure, puis vérifiez de nouveau.', 'Wait half an hour, then check again.');
    case 'used': return say(`Il a servi${on(usedOn)}. Ce n’était pas vous ? Dites-le à qui vous l’a remis.`, `It was used${on(usedOn)}. Was it not you? Tell whoever gave it to you.`);
    case 'stopped': return say(`Il a été arrêté${on(stoppedOn)}. Qui vous l’a remis peut le remplacer.`, `It was stopped${on(stoppedOn)}. Whoever gave it to you can replace it.`);
    case 'expired': return say(`Il fallait l’utiliser au plus tard le ${longDay(usableUntil, language)}. Demandez s’il y en a de nouveaux.`, `It had to be used by ${longDay(usableUntil, language)}. Ask whether there are new ones.`);
    case 'frozen': return say('Son paiement est contesté. Ce n’est pas de votre faute. Demandez à qui vous l’a remis.', 'Its payment is disputed. It is not your fault. Ask whoever gave it to you.');
  }
}

function servicesPart({ say, language }: Visit, services: readonly string[]): Html {
  const names: Readonly<Record<ServiceCode, string>> = language === 'fr' ? SERVICE_NAMES : SERVICE_NAMES_IN_ENGLISH;
  const list = (all: readonly string[]) => html`<ul class="lines can">${all.map((name) => html`<li>${icon('done')}<span class="grow">${name}</span></li>`)}</ul>`;
  return html`<section class="section"><h2>${say('Ce que vous pouvez faire', 'What you can do')}</h2>${services.length > 0
    ? list(services.map((service) => names[service as ServiceCode] ?? service))
    : html`<p>${say('Tout accompagnement au numérique, au choix.', 'Any help with digital things, as you choose.')}</p>
<details><summary>${say('Par exemple', 'For example')}</summary>${list(Object.values(names))}</details>`}</section>`;
}

const wherePart = ({ say }: Visit, programmeId: string): Html => html`<section class="section"><h2>${say('Où aller', 'Where to go')}</h2>
<form class="search" method="get" action="/places"><div class="field"><label for="where">${say('Votre commune ou code postal', 'Your town or postal code')}</label>
<input id="where" name="where" maxlength="100" autocomplete="address-level2"></div><input type="hidden" name="programmeId" value="${programmeId}">
<button class="button">${say('Chercher', 'Search')}</button></form></section>`;
