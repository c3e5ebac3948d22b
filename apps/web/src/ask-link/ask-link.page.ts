import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { publicPage } from '../layout.js';
import type { Visit } from '../visit.js';

/** `minutes`: to wait, after too many questions. */
export type AskState = Readonly<{ email: string; minutes?: number | undefined }>;

export function askLinkPage(visit: Visit, { email, minutes }: AskState): Html {
  const { say } = visit;
  const title = say('Mot de passe oublié', 'Forgotten password');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Recevez un lien par message : pour choisir un nouveau mot de passe, ou pour vous connecter une fois.', 'Get a link by mail: to choose a new password, or to sign in once.')}</p>
${minutes !== undefined && html`<div class="notice no" role="alert">${icon('refused')}<p>${say(`Trop d’essais. Réessayez dans ${minutes} minutes.`, `Too many attempts. Try again in ${minutes} minutes.`)}</p></div>`}
<form class="sign-in" method="post" action="/forgotten-password">
<div class="field"><label for="email">${say('Adresse électronique', 'E-mail address')}</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="200" value="${email}"></div>
<p class="field"><button class="button filled large" name="purpose" value="password">${say('Choisir un nouveau mot de passe', 'Choose a new password')}</button></p>
<p class="field"><button class="button large" name="purpose" value="sign_in">${say('Me connecter par lien', 'Sign in by a link')}</button></p>
</form>
<p class="section"><a href="/sign-in">${say('Revenir à la connexion', 'Back to the sign-in')}</a></p>`);
}

/** The same for every address: whether anybody has it is nobody's business. */
export function askedPage(visit: Visit): Html {
  const { say } = visit;
  const title = say('Regardez vos messages', 'Look into your mail');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Si un compte a cette adresse, un lien vient de lui être envoyé. Il sert une fois, pendant quelques minutes.',
    'If an account has this address, a link was just sent to it. It opens once, for some minutes.')}</p>
<p>${say('Rien reçu ? Regardez dans les indésirables, vérifiez l’adresse, puis redemandez.', 'Nothing there? Look among unwanted mail, check the address, then ask again.')}</p>
<p class="section"><a href="/sign-in">${say('Revenir à la connexion', 'Back to the sign-in')}</a></p>`);
}
