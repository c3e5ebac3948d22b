// Where the link of an invitation or of a forgotten password leads: a password is chosen, by nobody but who opened the mail.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { publicPage } from '../layout.js';
import type { Visit } from '../visit.js';

export type Seen = Readonly<{ purpose: 'invitation' | 'password' | 'sign_in'; name: string; email: string }>;
export const PASSWORD_LENGTH_MIN = 12;
const PASSWORD_LENGTH_MAX = 128;

const titleOf = ({ say }: Visit, purpose: Seen['purpose']): string => (purpose === 'invitation' ? say('Bienvenue', 'Welcome') : say('Nouveau mot de passe', 'New password'));

export type ChoiceState = Readonly<{ link: string; seen: Seen; refused?: 'short' | 'unequal' }>;

export function choosePasswordPage(visit: Visit, { link, seen, refused }: ChoiceState): Html {
  const { say } = visit;
  const title = titleOf(visit, seen.purpose);
  const hint = say(`Au moins ${PASSWORD_LENGTH_MIN} caractères. Trois ou quatre mots sans rapport font un bon mot de passe.`,
    `At least ${PASSWORD_LENGTH_MIN} characters. Three or four unrelated words make a good password.`);
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${seen.purpose === 'invitation'
    ? say(`Bonjour ${seen.name}. Choisissez votre mot de passe : vous seul(e) le connaîtrez.`, `Hello ${seen.name}. Choose your password: nobody else will know it.`)
    : say('Toutes vos connexions ouvertes prendront fin.', 'All your open sign-ins will end.')}</p>
${refused && html`<div class="notice no" role="alert">${icon('refused')}<p>${refused === 'short' ? hint : say('Les deux saisies diffèrent.', 'The two entries differ.')}</p></div>`}
<form class="sign-in" method="post" action="/choose-password">
<input type="hidden" name="link" value="${link}">
<div class="field"><label for="email">${say('Adresse électronique', 'E-mail address')}</label>
<input id="email" name="email" type="email" autocomplete="username" readonly value="${seen.email}"></div>
<div class="field"><label for="password">${say('Votre mot de passe', 'Your password')}</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="${PASSWORD_LENGTH_MIN}" maxlength="${PASSWORD_LENGTH_MAX}" aria-describedby="password-hint">
<p class="hint" id="password-hint">${hint}</p></div>
<div class="field"><label for="again">${say('Encore une fois', 'Once more')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="${PASSWORD_LENGTH_MAX}"></div>
<p class="field"><button class="button filled large">${say('Enregistrer', 'Save')}</button></p>
</form>`);
}

/** Used, replaced, too old, or never ours: one answer. */
export function linkOverPage(visit: Visit): Html {
  const { say } = visit;
  const title = say('Ce lien ne sert plus', 'This link opens nothing any more');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Il a déjà servi, un autre l’a remplacé, ou son délai est passé.', 'It was used, another took its place, or its time is up.')}</p>
<p>${say('Invité(e) ? Demandez une nouvelle invitation à la personne qui vous a invité(e).', 'Invited? Ask whoever invited you for another invitation.')}</p>
<p class="field"><a class="button filled large" href="/forgotten-password">${say('Recevoir un nouveau lien', 'Get a new link')}</a></p>
<p class="field"><a href="/sign-in">${say('Se connecter', 'Sign in')}</a></p>`);
}
