// What the pages of a till have in common: the field of a code with its camera, the bar of the time without a network, the list
// of what waits, and the pieces that scripts fill.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Visit } from '../visit.js';
import { TILL_VERSION } from './till-files.js';
import { tillWords } from './till-words.js';

/** `list`: what is read goes into the list of a workshop. `code`: of a voucher that was checked just now. */
export function codeInput({ say }: Visit, use: 'one' | 'list', code = ''): Html {
  return html`<div class="field"><label for="code">${say('Les 18 caractères du chèque', 'The 18 characters of the voucher')}</label>
<input class="big" id="code" ${use === 'one' ? html`name="code" required` : ''} value="${code}" maxlength="200" autocapitalize="characters" autocomplete="off" spellcheck="false" autofocus placeholder="XXXX-XXXX-XXXX-XXXX-XX" data-code="${use}" aria-describedby="code-error code-hint">
<p class="wrong" id="code-error" role="alert" hidden></p>
<p class="hint" id="code-hint">${say('Les tirets et les minuscules ne comptent pas. Un lecteur de codes peut écrire ici.', 'Dashes and small letters do not matter. A scanner may write here.')}</p></div>
<div class="camera" id="camera" hidden><video muted playsinline aria-label="${say('Image de la caméra', 'Picture of the camera')}"></video><p>${say('Placez le carré dans le cadre', 'Hold the square into the frame')}</p></div>
<p class="field" data-script hidden><button class="button wide" type="button" data-act="camera" aria-expanded="false" aria-controls="camera">${icon('camera')}<span>${
  say('Ouvrir la caméra', 'Open the camera')}</span><span hidden>${say('Fermer la caméra', 'Close the camera')}</span></button></p>`;
}

/** `placeId` as the services write it; empty where the page is the same for everybody. */
export function tillParts(visit: Visit, placeId = ''): Html {
  return html`<div id="till" data-place="${placeId}" hidden></div>
<div id="said" class="visually-hidden" role="status"></div>
${tillWords(visit)}${laterScreen(visit)}
<template id="notice"><div class="notice wait over" role="alert">${icon('clock')}<p data-slot="sentence"></p></div></template>
${queueLines(visit)}`;
}

export const TILL_HEAD = html`
<link rel="manifest" href="/assets/manifest.webmanifest">`;
export const TILL_SCRIPT = html`<script src="/assets/till/${TILL_VERSION}/till.js" type="module"></script>`;

/** Over the content: what the network does, how many vouchers wait, and the place of what a script tells. */
export function offlineBar({ say }: Visit): Html {
  return html`<div class="offline-bar" id="offline-bar" role="status" hidden>${icon('offline')}<p><b>${say('Hors ligne.', 'No network.')}</b> ${
    say('Sur un appareil qui y est autorisé, les chèques sont mis en attente. Un chèque en attente peut être refusé plus tard : votre lieu en porte le risque.',
      'On a device that may do so, vouchers are put in a queue. A pending voucher may be refused later: your place bears that risk.')}</p></div>
<a class="pending-count" id="pending-count" href="#queue" hidden>${icon('hourglass')}<span data-slot="pending"></span></a><div id="above"></div>`;
}

function laterScreen({ say }: Visit): Html {
  return html`<template id="later-screen"><div class="answer later" role="alert"><p class="word">${icon('hourglass')}${say('En attente', 'Pending')}</p><p class="sum" data-slot="sum"></p>
<p>${say('Le code est bien écrit ; le réseau dira s’il est accepté.', 'The code is well written; the network will tell whether it is taken.')} <b>${
  say('Ce n’est pas encore un oui : s’il est refusé, votre lieu n’est pas payé.', 'This is not a yes yet: if it is refused, your place is not paid.')}</b></p>
<p data-slot="numbers"></p><p data-slot="hours"></p></div></template>`;
}

export function queueSection({ say }: Visit): Html {
  return html`<section class="section queue" id="queue" aria-labelledby="queue-count" hidden><h2 id="queue-count" data-slot="count" aria-live="polite"></h2>
<p class="quiet" data-slot="risk">${say('Le premier reçu par le serveur l’emporte. Ce qu’il a confirmé n’est jamais repris ; un chèque en attente puis refusé reste à la charge du lieu.',
    'The first that the server receives wins. What it confirmed is never taken back; a pending voucher that is refused is the place’s loss.')}</p>
<p class="wrong" data-slot="message" role="alert" hidden></p>
<ul class="lines"></ul>
<p class="field"><button class="button wide" type="button" data-act="send">${icon('send')}${say('Envoyer maintenant', 'Send now')}</button></p></section>`;
}

function queueLines({ say }: Visit): Html {
  const line = (state: string, pill: Html, button: Html) => html`<template id="queue-${state}"><li class="queued ${state}">${pill}<span class="what"><b data-slot="what"></b><span data-slot="sentence"></span></span><span class="amount" data-slot="amount"></span>${button}</li></template>`;
  const seen = html`<button class="button" type="button" data-act="seen">${say('Vu', 'Seen')}</button>`;
  return html`${line('pending', html`<span class="pill wait dashed">${icon('hourglass')}${say('En attente', 'Pending')}</span>`, html`<details class="undo"><summary>${icon('undo')}${say('Retirer', 'Withdraw')}</summary><p>${
    say('Pris par erreur ? Il ne sera pas envoyé, et le lieu n’est pas payé.', 'Taken by mistake? It will not be sent, and the place is not paid.')} <button class="button" type="button" data-act="withdraw">${
    say('Retirer ce chèque', 'Withdraw this voucher')}</button></p></details>`)}
${line('redeemed', html`<span class="pill ok">${icon('done')}${say('Confirmé', 'Confirmed')}</span>`, seen)}
${line('refused', html`<span class="pill no">${icon('refused')}${say('Refusé', 'Refused')}</span>`, seen)}`;
}
