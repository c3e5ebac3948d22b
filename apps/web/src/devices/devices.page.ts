// The devices of a place: this one, which whoever stands at it enrols; and for its manager all of them, the rule and new codes.
import { uuidv7 } from 'uuidv7';
import { part } from '../components.js';
import { moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import { offlineBar, queueSection, TILL_HEAD, TILL_SCRIPT, tillParts } from '../till/till-parts.js';
import { placeIdOf, type SignedInVisit } from '../visit.js';

export type Device = Readonly<{ deviceId: string; name: string; enrolledAt: string; revokedAt: string | null; lastUsedAt: string | null }>;
export type Rule = Readonly<{ devicesOnly: boolean }>;
export type Devices = Readonly<{ rule: Read<Rule>; /** For a manager. */ list?: Read<readonly Device[]> }>;

export function devicesPage(visit: SignedInVisit, { rule, list }: Devices, above: Piece = null): Html {
  const { say } = visit;
  return signedInPage(visit, say('Appareils', 'Devices'), html`<div class="two"><div><h1>${say('Appareils du lieu', 'Devices of the place')}</h1>
${part(rule, say, say('Règle du lieu', 'Rule of the place'), ({ devicesOnly }) => html`<p class="lead">${devicesOnly
    ? say('Votre lieu n’encaisse que sur ses appareils enregistrés.', 'Your place redeems on its enrolled devices only.')
    : say('Votre lieu encaisse sur tout appareil où l’on se connecte.', 'Your place redeems on any device where somebody signs in.')}</p>${list && ruleForm(visit, devicesOnly)}`)}
${list ? html`${codeForm(visit)}${part(list, say, say('Appareils', 'Devices'), (devices) => devicesPart(visit, devices))}` : ''}</div>
<div>${thisDevice(visit)}${queueSection(visit)}</div></div>${tillParts(visit, placeIdOf(visit))}`,
  html`${offlineBar(visit)}${above}`, { scripts: TILL_SCRIPT, head: TILL_HEAD });
}

function ruleForm({ say }: SignedInVisit, devicesOnly: boolean): Html {
  return html`<form method="post" action="/devices/rule"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="devicesOnly" value="${devicesOnly ? 'no' : 'yes'}">
<p class="field"><button class="button">${devicesOnly ? say('Accepter tout appareil', 'Take any device') : say('N’accepter que les appareils enregistrés', 'Take enrolled devices only')}</button></p></form>`;
}

function codeForm({ say }: SignedInVisit): Html {
  return html`<section class="section"><h2>${say('Ajouter un appareil', 'Add a device')}</h2><p class="quiet">${
    say('Le code sert une fois, dans les 15 minutes. Lisez-le à la personne qui tient l’appareil.', 'The code works once, within 15 minutes. Read it out to whoever holds the device.')}</p>
<form method="post" action="/devices/code"><input type="hidden" name="key" value="${uuidv7()}"><p class="field"><button class="button filled">${icon('device')}${
  say('Obtenir un code', 'Get a code')}</button></p></form></section>`;
}

/** Shown once, large; nobody can ask for it again but by a new one. */
export function codeAnswer({ say, language }: SignedInVisit, { code, expiresAt }: Readonly<{ code: string; expiresAt: string }>): Html {
  return html`<div class="answer check" role="status"><p>${say('Code d’enregistrement, à taper sur l’appareil', 'Enrolment code, to be typed on the device')}</p><p class="sum enrolment"><code>${code}</code></p>
<p>${say('Valable une fois, jusqu’au', 'Works once, until')} ${moment(expiresAt, language)}.</p></div>`;
}

function devicesPart(visit: SignedInVisit, devices: readonly Device[]): Html {
  const { say } = visit;
  return html`<section class="section"><h2>${say('Enregistrés', 'Enrolled')}</h2>${devices.length === 0
    ? html`<p class="empty">${say('Aucun appareil encore.', 'No device yet.')}</p>`
    : html`<ul class="lines">${devices.map((device) => deviceLine(visit, device))}</ul>`}</section>`;
}

function deviceLine({ say, language }: SignedInVisit, { deviceId, name, enrolledAt, revokedAt, lastUsedAt }: Device): Html {
  const used = lastUsedAt === null ? say('jamais utilisé', 'never used') : `${say('utilisé le', 'used on')} ${moment(lastUsedAt, language)}`;
  const state = revokedAt === null ? html`<form method="post" action="/devices/revoke"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="deviceId" value="${deviceId}">
<button class="button">${say('Retirer', 'Revoke')}<span class="visually-hidden"> ${name}</span></button></form>` : pill('mute', say('Retiré', 'Revoked'));
  return html`<li><span class="what grow"><b>${name}</b>${say('Enregistré le', 'Enrolled on')} ${moment(enrolledAt, language)} · ${used}</span>${state}</li>`;
}

/** Filled by its script: whether this browser holds a key is known to nobody else. */
function thisDevice({ say }: SignedInVisit): Html {
  return html`<section id="this-device"><h2>${say('Cet appareil', 'This device')}</h2>
<div class="field" data-script hidden><label for="volume">${say('Son des réponses', 'Sound of answers')}</label><select id="volume" data-volume><option value="silent">${
  say('Silencieux', 'Silent')}</option><option value="soft">${say('Doux', 'Soft')}</option><option value="loud">${say('Fort', 'Loud')}</option></select>
<p class="hint">${say('Oui monte, non est grave et double, en attente est une seule note.', 'Yes rises, no is low and double, pending is one note.')}</p></div>
<p data-no-script>${say('L’enregistrement demande JavaScript. Sans lui, cet appareil encaisse si la règle du lieu le permet.', 'Enrolling needs JavaScript. Without it this device redeems if the rule of the place allows it.')}</p>
<p class="notice info" data-slot="device-message" role="status" hidden></p>
<div data-state="none" hidden><p>${say('Cet appareil n’est pas enregistré.', 'This device is not enrolled.')}</p>
<form data-till="enrol" method="post" action="/devices" autocomplete="off"><div class="field"><label for="enrolment">${say('Code donné par la personne responsable', 'Code that the manager gave')}</label><input class="big" id="enrolment" name="code" required maxlength="40" spellcheck="false" autocapitalize="characters" placeholder="XXXX-XXXX-XXXX-XXXX"></div>
<div class="field"><label for="device-name">${say('Nom de l’appareil', 'Name of the device')}</label><input id="device-name" name="name" required maxlength="100" placeholder="${say('Tablette de l’accueil', 'Tablet at the desk')}"></div>
<p class="field"><button class="button wide">${icon('device')}${say('Enregistrer cet appareil', 'Enrol this device')}</button></p></form></div>
<div data-state="enrolled offline" hidden><p>${pill('ok', say('Enregistré', 'Enrolled'))} <b data-slot="device-name"></b></p></div>
<div data-state="enrolled" hidden>${risk(say)}
<p class="field"><button class="button wide" type="button" data-act="offline">${icon('hourglass')}${say('Permettre la file d’attente, à nos risques', 'Allow the queue, at our risk')}</button></p></div>
<div data-state="offline" hidden><p class="field">${pill('wait', say('File d’attente permise', 'Queue allowed'))} <span data-slot="device-limits"></span></p>
<p class="field"><a class="button wide" href="/till">${icon('scan')}${say('Encaisser sans réseau', 'Redeem without a network')}</a></p>
<p class="field"><button class="button wide" type="button" data-act="online">${say('Fermer la file d’attente', 'Close the queue')}</button></p></div>
<div data-state="enrolled offline" hidden><p class="field"><button class="button link" type="button" data-act="leave">${say('Oublier la clé de cet appareil', 'Forget the key of this device')}</button></p></div></section>`;
}

const risk = (say: SignedInVisit['say']): Html => html`<h3>${say('Sans réseau', 'Without a network')}</h3><p>${
  say('Cet appareil peut garder des chèques en attente, scellés, et les envoyer au retour du réseau. Le premier reçu par le serveur l’emporte.',
    'This device can keep vouchers pending, sealed, and send them when the network is back. The first that the server receives wins.')} <b>${
  say('Un chèque en attente puis refusé n’est pas payé : le lieu en porte le risque.', 'A pending voucher that is refused is not paid: the place bears that risk.')}</b></p>`;
