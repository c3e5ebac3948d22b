// Somebody who made keys is taken out: of each key it is asked whether its program goes on.
import { keyLine } from '../api-keys/api-keys.page.js';
import type { ApiKey } from '../api-keys/api-keys.data.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { SignedInVisit } from '../visit.js';

export type Leaving = Readonly<{ key: string; userId: string; keys: readonly ApiKey[] }>;

export function leavePage(visit: SignedInVisit, { key, userId, keys }: Leaving): Html {
  const { say } = visit;
  const title = say('Retirer une personne qui a créé des clés', 'Remove somebody who made keys');
  return signedInPage(visit, title, html`<p class="small"><a href="/team">${say('Équipe', 'Team')}</a></p><h1>${title}</h1>
<p class="lead">${say('Rien n’est encore fait. Ces clés servent encore, et continueraient sans cette personne. Qui les a vues peut s’en servir.',
    'Nothing is done yet. These keys are in use still, and would go on without this person. Who has seen one can use it.')}</p>
<form method="post" action="/team/end"><input type="hidden" name="key" value="${key}"><input type="hidden" name="userId" value="${userId}">
<ul class="lines team">${keys.map((one) => keyLine(visit, one, choice(visit, one)))}</ul>
<p class="field"><button class="button filled">${say('Retirer de l’équipe', 'Remove from the team')}</button> <a class="button" href="/team">${say('Ne rien changer', 'Change nothing')}</a></p></form>`);
}

/** Neither is chosen beforehand: a program that stops at once may be a till. */
const choice = ({ say }: SignedInVisit, { keyId, label }: ApiKey): Html => html`<fieldset class="choice"><legend class="visually-hidden">${label}</legend>
<label class="small choice"><input type="radio" name="${keyId}" value="end" required> ${say('Terminer', 'End it')}</label> <label class="small choice"><input type="radio" name="${keyId}" value="keep" required> ${say('Garder', 'Keep it')}</label></fieldset>`;
