import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Visit } from '../visit.js';

/** A button, and not the link itself, signs in: what opens links in a mailbox by itself presses none. */
export function signInLinkPage(visit: Visit, { link, email }: Readonly<{ link: string; email: string }>): Html {
  const { say } = visit;
  const title = say('Se connecter', 'Sign in');
  return publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Vous allez vous connecter en tant que', 'You are about to sign in as')} <b>${email}</b>.</p>
<form class="sign-in" method="post" action="/sign-in-link"><input type="hidden" name="link" value="${link}">
<p class="field"><button class="button filled large">${title}</button></p></form>
<p class="small quiet section">${say('Vous n’avez rien demandé ? Fermez cette page.', 'You asked for nothing? Close this page.')}</p>`);
}
