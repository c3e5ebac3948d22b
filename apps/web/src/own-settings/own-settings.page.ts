import { html, type Html } from '../html.js';
import { table } from '../components.js';
import { moment } from '../format.js';
import { signedInPage } from '../layout.js';
import type { SignedInVisit } from '../visit.js';
import { deviceWords } from './device-words.js';

export type OpenSession = Readonly<{ sessionId: string; isThis: boolean; userAgent: string | null; since: string; seenAt: string | null }>;

export function ownSettingsPage(visit: SignedInVisit, sessions: readonly OpenSession[]): Html {
  const { say, language } = visit;
  const title = say('Réglages', 'Settings');
  const open = say('Vos connexions ouvertes', 'Your open sign-ins');
  return signedInPage(visit, title, html`<h1>${title}</h1>
<section class="section"><h2>${open}</h2>
<p>${say('Une connexion que vous ne reconnaissez pas ? Terminez-la, puis changez votre mot de passe.', 'A sign-in that you do not know? End it, then change your password.')}</p>
${table<OpenSession>(open, [
    { head: say('Appareil', 'Device'), cell: ({ userAgent, isThis }) => html`${deviceWords(userAgent, say)}${isThis && html` <span class="quiet">(${say('celle-ci', 'this one')})</span>`}` },
    { head: say('Depuis', 'Since'), cell: ({ since }) => moment(since, language) },
    { head: say('Vue en dernier', 'Last seen'), cell: ({ seenAt }) => moment(seenAt, language) },
    { head: say('Terminer', 'End'), cell: ({ sessionId, isThis }) => !isThis && html`<form method="post" action="/settings/sessions"><input type="hidden" name="sessionId" value="${sessionId}"><button class="button small">${
      say('Terminer', 'End')}</button></form>` },
  ], sessions)}
${sessions.length > 1 && html`<form method="post" action="/settings/sessions"><input type="hidden" name="sessionId" value=""><p class="field"><button class="button">${
    say('Terminer toutes les autres', 'End all others')}</button></p></form>`}</section>
<section class="section"><h2>${say('Mot de passe et second facteur', 'Password and second factor')}</h2>
<p><a href="/second-factor">${say('Second facteur : un code de votre téléphone', 'Second factor: a code of your phone')}</a></p>
<p><a href="/passkeys">${say('Clés d’accès : se connecter sans mot de passe', 'Passkeys: sign in without a password')}</a></p>
<p><a href="/forgotten-password">${say('Changer de mot de passe, par un lien envoyé à votre adresse', 'Change your password, by a link sent to your address')}</a></p></section>`);
}
