import { html } from '../html.js';
import { icon } from '../icons.js';
import { publicPage } from '../layout.js';
import { failedNotice, passkeysScript } from '../passkeys/passkey-parts.js';
import { secondFactorRefusal } from '../second-factor/second-factor-words.js';
import type { Visit } from '../visit.js';

export type SignInState = Readonly<{
  email: string;
  next: string;
  failed?: boolean;
  /** A password was chosen just now. */
  chosen?: boolean;
  /** To wait, after too many wrong passwords. */
  minutes?: number | undefined;
  /** A passkey was shown and not taken, in place of a password. */
  passkeyRefused?: string;
}>;

export function signInPage(visit: Visit, { email, next, failed = false, chosen = false, minutes, passkeyRefused }: SignInState) {
  const { say } = visit;
  const wrong = passkeyRefused === undefined
    ? say('L’adresse ou le mot de passe n’est pas juste.', 'The address or the password is not right.') : secondFactorRefusal(passkeyRefused, say);
  const message = minutes === undefined ? wrong
    : say(`Trop d’essais. Réessayez dans ${minutes} minutes.`, `Too many attempts. Try again in ${minutes} minutes.`);
  return publicPage(visit, say('Se connecter', 'Sign in'), html`
<h1>${say('Se connecter', 'Sign in')}</h1>
<p class="quiet">${say('Financeurs, lieux, opérateur, auditeurs.', 'Payers, places, operator, auditors.')}</p>
${chosen && html`<div class="notice ok" role="status">${icon('done')}<p>${say('Votre mot de passe est enregistré. Connectez-vous.', 'Your password is saved. Sign in.')}</p></div>`}
${failed && html`<div class="notice no" role="alert">${icon('refused')}<p>${message}</p></div>`}
<form class="sign-in" method="post" action="/sign-in">
<input type="hidden" name="next" value="${next}">
<div class="field"><label for="email">${say('Adresse électronique', 'E-mail address')}</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${email}"></div>
<div class="field"><label for="password">${say('Mot de passe', 'Password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required></div>
<p class="field"><button class="button filled large">${say('Se connecter', 'Sign in')}</button></p>
</form>
<form class="sign-in" data-passkey="sign-in" method="post" action="/sign-in/passkey" hidden><input type="hidden" name="next" value="${next}"><input type="hidden" name="credential">${failedNotice(say)}
<p class="field"><button class="button large" data-act>${say('Se connecter avec une clé d’accès', 'Sign in with a passkey')}</button></p></form>
<p><a class="target" href="/forgotten-password">${say('Mot de passe oublié, ou connexion par lien ?', 'Forgotten password, or sign in by a link?')}</a></p>
<p class="small quiet section">${say('Un chèque à utiliser ? Aucun compte n’est nécessaire.', 'A voucher to use? No account is needed.')} <a class="target" href="/v">${
    say('Votre chèque', 'Your voucher')}</a></p>${passkeysScript()}`);
}
