// How somebody gets a second factor, in three steps on one address: the password, the phone, the sheet of recovery codes.
import { inFours } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { publicPage, signedInPage } from '../layout.js';
import { provePart } from '../passkeys/passkey-parts.js';
import type { Say } from '../language.js';
import type { Person } from '../sessions.js';
import type { Visit } from '../visit.js';
import { qr } from '../qr.js';
import { secondFactorRefusal } from './second-factor-words.js';
import type { Enrolment, SecondFactorState } from './second-factor.data.js';

const titleOf = (say: Say) => say('Second facteur', 'Second factor');

/** Where a code is typed: on its own page, and beside what asks for one. */
export const codeField = (say: Say, hint = say('Six chiffres, ou un code de secours.', 'Six digits, or a recovery code.')): Html => html`<div class="field"><label for="code">${say('Code de votre application', 'Code of your app')}</label>
<input class="big" id="code" name="code" inputmode="text" autocomplete="one-time-code" autocapitalize="characters" required maxlength="40">
<p class="hint">${hint}</p></div>`;

/** Where what moves money or rights asks for a second factor: a code, or a passkey, after which the same form goes without one. */
export const codeOrPasskey = (say: Say): Html => html`${codeField(say)}${provePart(say)}`;

export const refusalNotice = (refused: string | undefined, say: Say): Piece =>
  refused !== undefined && html`<div class="notice no" role="alert">${icon('refused')}<p>${secondFactorRefusal(refused, say)}</p></div>`;

/** Without a person: staff who have shown a password and nothing else. */
export type FactorVisit = Visit & Readonly<{ person: Person | undefined }>;

const frame = (visit: FactorVisit, content: Html): Html => factorFrame(visit, titleOf(visit.say), content);

export function factorFrame(visit: FactorVisit, title: string, content: Html): Html {
  const { say, person } = visit;
  const page = html`<h1>${title}</h1>${content}`;
  if (person) return signedInPage({ ...visit, person }, title, html`<div class="narrow">${page}</div>`);
  return publicPage(visit, title, html`${page}
<form class="section" method="post" action="/sign-out"><button class="button link">${say('Se déconnecter', 'Sign out')}</button></form>`);
}

/** What is asked of staff at each sign-in. */
const gateWords = (say: Say, hasOne: boolean): string => (hasOne
  ? say('Vous agissez pour l’opérateur ou vous contrôlez : montrez votre second facteur pour continuer.',
    'You act for the operator, or you audit: show your second factor to go on.')
  : say('Vous agissez pour l’opérateur ou vous contrôlez : un mot de passe ne suffit pas. Activez d’abord un second facteur : un code de votre téléphone, ou une clé d’accès.',
    'You act for the operator, or you audit: a password is not enough. First switch on a second factor: a code of your phone, or a passkey.'));

function leadOf({ say, person }: FactorVisit, hasOne: boolean): string {
  if (!person) return gateWords(say, hasOne);
  return hasOne
    ? say('Il est actif. Il vous est demandé quand de l’argent part ou que des droits sont donnés.', 'It is on. You are asked for it when money leaves or rights are given.')
    : say('Un code de votre téléphone, en plus du mot de passe : il est demandé quand de l’argent part ou que des droits sont donnés.',
      'A code of your phone, besides the password: it is asked for when money leaves or rights are given.');
}

/** `entering`: who comes to show it before something else. */
type Shown = Readonly<{ refused?: string; entering?: boolean }>;

export function statePage(visit: FactorVisit, factor: SecondFactorState, { refused, entering = false }: Shown = {}): Html {
  const { say } = visit;
  const { state, recoveryCodesLeft, passkeys } = factor;
  const [asked, inForce] = [!visit.person, state === 'in_force'];
  const hasOne = inForce || passkeys > 0;
  const showing = hasOne && (asked || entering || (refused !== undefined && refused !== 'password_wrong'));
  return frame(visit, html`<p class="lead">${leadOf(visit, hasOne)}</p>
${inForce && !asked && html`<p>${say('Codes de secours restants :', 'Recovery codes left:')} <b>${recoveryCodesLeft}</b></p>`}
${refusalNotice(refused, say)}
${showing && inForce && html`<form method="post" action="/second-factor/code">${codeField(say)}
<p class="field"><button class="button filled large">${say('Continuer', 'Continue')}</button></p></form>`}
${showing && passkeys > 0 && provePart(say, asked ? '/home' : '/second-factor')}
${!(asked && hasOne) && html`${beginPart(say, inForce, showing)}<p class="section"><a href="/passkeys">${say('Clés d’accès : le doigt, le visage ou le code de votre appareil', 'Passkeys: your finger, your face or the PIN of your device')}</a></p>`}
<p class="small quiet section">${say('Téléphone et feuille perdus ? Une personne de l’opérateur qui approuve peut retirer votre second facteur.',
    'Phone and sheet lost? Somebody of the operator who approves can take your second factor away.')}</p>`);
}

const beginPart = (say: Say, inForce: boolean, showing: boolean): Html => html`<section class="section"><h2>${inForce ? say('En changer', 'Change it') : say('L’activer', 'Switch it on')}</h2>
<form method="post" action="/second-factor/begin"><div class="field"><label for="password">${say('Mot de passe', 'Password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></div>
<p class="field"><button class="button ${inForce || showing ? '' : 'filled'} large">${say('Commencer', 'Begin')}</button></p></form></section>`;

export function enrolmentPage(visit: FactorVisit, { uri, secret }: Enrolment): Html {
  const { say } = visit;
  return frame(visit, html`<p class="lead">${say('Ouvrez une application de codes sur votre téléphone et scannez ce carré.', 'Open an authenticator app on your phone and scan this square.')}</p>
${qr(uri, say('QR à scanner avec une application de codes', 'QR to scan with an authenticator app'))}
<p class="small">${say('Sans caméra, tapez cette clé :', 'Without a camera, type this key:')}</p><p class="fingerprint">${inFours(secret)}</p>
${confirmForm(say)}`);
}

/** After a wrong code the secret is not told again: the phone has it, or one begins anew. */
export function confirmPage(visit: FactorVisit, refused: string): Html {
  const { say } = visit;
  return frame(visit, html`${refusalNotice(refused, say)}${confirmForm(say)}<p class="section"><a href="/second-factor">${say('Recommencer', 'Begin again')}</a></p>`);
}

const confirmForm = (say: Say): Html => html`<form method="post" action="/second-factor/confirm">${codeField(say, say('Six chiffres.', 'Six digits.'))}
<p class="field"><button class="button filled large">${say('Activer', 'Switch on')}</button></p></form>`;

export function sheetPage(visit: FactorVisit, recoveryCodes: readonly string[]): Html {
  const { say } = visit;
  return frame(visit, html`<div class="notice ok" role="status">${icon('done')}<p>${say('Votre second facteur est actif.', 'Your second factor is on.')}</p></div>
<h2 class="section">${say('Imprimez ou recopiez ces codes de secours', 'Print or copy these recovery codes')}</h2>
<p>${say('Chacun sert une fois, si vous perdez votre téléphone. Ils ne seront plus affichés.', 'Each works once, if you lose your phone. They are not shown again.')}</p>
<ul class="codes">${recoveryCodes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p class="field"><a class="button filled large" href="/home">${say('J’ai gardé les codes', 'I have kept the codes')}</a></p>`);
}
