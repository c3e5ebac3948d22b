// After a sign-out. Its script notes that nobody is signed in here: a till that is kept for the time without a network closes.
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { publicPage } from '../layout.js';
import { tillWords } from '../till/till-words.js';
import type { Visit } from '../visit.js';

export function signedOutPage(visit: Visit): Html {
  const { say } = visit;
  const title = say('Session fermée', 'Signed out');
  return publicPage(visit, title, html`<h1>${title}</h1>
<div class="notice wait" id="still-pending" role="status" hidden>${icon('hourglass')}<p><b data-slot="count"></b> ${say(
  'sur cet appareil. Ils y restent, scellés, et partent quand une personne du lieu se connecte ici. Passé leur délai, ils ne sont plus payés.',
  'on this device. They stay here, sealed, and are sent when somebody of the place signs in here. Past their time they are not paid any more.')}</p></div>
<p class="field"><a class="button large" href="/sign-in">${say('Se connecter', 'Sign in')}</a></p>${tillWords(visit)}`, { placeId: '' });
}
