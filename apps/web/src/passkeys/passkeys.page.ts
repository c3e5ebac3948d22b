// A person's passkeys: which there are, and how to add, name and end one.
import { moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { deviceWords } from '../own-settings/device-words.js';
import { factorFrame, refusalNotice, type FactorVisit } from '../second-factor/second-factor.page.js';
import { failedNotice, passkeysScript, provePart } from './passkey-parts.js';
import type { Options, Passkey } from './passkeys.data.js';

const MAX_LENGTH = 60;
const titleOf = ({ say }: FactorVisit): string => say('Clés d’accès', 'Passkeys');

export type PasskeysState = Readonly<{ passkeys: readonly Passkey[]; refused?: string; added?: boolean }>;

export function passkeysPage(visit: FactorVisit, { passkeys, refused, added = false }: PasskeysState): Html {
  const { say } = visit;
  return factorFrame(visit, titleOf(visit), html`<p class="lead">${say(
    'Une clé d’accès remplace le mot de passe et le code : votre téléphone ou votre ordinateur vérifie que c’est vous, par votre doigt, votre visage ou son code.',
    'A passkey takes the place of password and code: your phone or computer checks that it is you, by your finger, your face or its PIN.')}</p>
${added && html`<div class="notice ok" role="status">${icon('done')}<p>${say('La clé d’accès est ajoutée. Un message vous le confirme.', 'The passkey is added. A mail says so, too.')}</p></div>`}
${refusalNotice(refused, say)}${asksToProve(visit, refused)}
${passkeys.length > 0 && listPart(visit, passkeys)}
<section class="section"><h2>${passkeys.length > 0 ? say('En ajouter une', 'Add one') : say('Ajouter une clé d’accès', 'Add a passkey')}</h2>
<form method="post" action="/passkeys/begin"><div class="field"><label for="password">${say('Mot de passe', 'Password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></div>
<p class="field"><button class="button filled large">${say('Commencer', 'Begin')}</button></p></form></section>
<p class="small quiet section">${say('Un appareil perdu ? Terminez sa clé ici. S’il n’y en avait pas d’autre, une personne de l’opérateur qui approuve peut vous aider.',
    'A device lost? End its passkey here. If there was no other, somebody of the operator who approves can help.')}</p>`);
}

/** What asks for a second factor first is asked again after it, on this page. */
function asksToProve({ say }: FactorVisit, refused: string | undefined): Piece {
  if (refused !== 'second_factor_asked') return null;
  return html`${provePart(say, '/passkeys')}<p><a href="/second-factor?code=1">${say('Saisir un code', 'Enter a code')}</a></p>`;
}

const listPart = (visit: FactorVisit, passkeys: readonly Passkey[]): Html => html`<section class="section"><h2>${
  visit.say('Vos clés d’accès', 'Your passkeys')}</h2><ul class="lines">${passkeys.map((passkey) => passkeyLine(visit, passkey))}</ul></section>`;

function passkeyLine({ say, language }: FactorVisit, { passkeyId, name, addedAt, usedAt }: Passkey): Html {
  const seen = usedAt ? html`, ${say('vue en dernier le', 'last seen on')} ${moment(usedAt, language)}` : '';
  const hidden = html`<input type="hidden" name="passkeyId" value="${passkeyId}">`;
  return html`<li><div class="what"><b>${name}</b><span class="small quiet">${say('Ajoutée le', 'Added on')} ${moment(addedAt, language)}${seen}</span>
<details><summary>${say('Renommer', 'Rename')}</summary><form method="post" action="/passkeys/name">${hidden}<div class="field"><label for="name-${passkeyId}">${
  say('Nom de la clé', 'Name of the passkey')}</label><input id="name-${passkeyId}" name="name" required maxlength="${MAX_LENGTH}" value="${name}"></div>
<p class="field"><button class="button small">${say('Renommer', 'Rename')}</button></p></form></details></div>
<form method="post" action="/passkeys/end">${hidden}<button class="button small">${say('Terminer', 'End')}</button></form></li>`;
}

/** The device is asked from here: its answer is an ordinary form. Without a script nothing of it works, and the page says so. */
export function newPasskeyPage(visit: FactorVisit, options: Options, userAgent: string | undefined): Html {
  const { say } = visit;
  return factorFrame(visit, titleOf(visit), html`<div data-without-passkeys><p class="lead">${say(
    'Ce navigateur ne connaît pas les clés d’accès, ou pas à cette adresse. Votre mot de passe et votre code restent.',
    'This browser knows no passkeys, or none at this address. Your password and code stay.')}</p><p><a href="/passkeys">${say('Revenir', 'Go back')}</a></p></div>
<form data-passkey="add" data-options="${JSON.stringify(options)}" method="post" action="/passkeys" hidden><input type="hidden" name="credential">
<p class="lead">${say('Donnez-lui un nom, puis suivez ce que demande votre appareil.', 'Give it a name, then follow what your device asks.')}</p>${failedNotice(say)}
<div class="field"><label for="name">${say('Nom de la clé', 'Name of the passkey')}</label>
<input id="name" name="name" required maxlength="${MAX_LENGTH}" value="${deviceWords(userAgent ?? null, say)}"></div>
<p class="field"><button class="button filled large" data-act>${say('Créer la clé d’accès', 'Create the passkey')}</button></p></form>${passkeysScript()}`);
}
