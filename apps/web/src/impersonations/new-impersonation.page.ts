// Looks for an organisation by its name, then asks as whom, why and for how long. Two steps on one address.
import { uuidv7 } from 'uuidv7';
import { ROLES_OF_KIND } from '#libs/auth';
import { findForm, foundPart, KIND_WORDS, type Found } from '../find-organisation/find-organisation.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import { asksForCode, secondFactorRefusal } from '../second-factor/second-factor-words.js';
import type { Say } from '../language.js';
import type { Words } from '../lists/list.js';
import type { Read } from '../services.js';
import { roleWord } from '../team/team-words.js';
import type { SignedInVisit } from '../visit.js';

/** What was typed and refused: nothing of it is lost. */
export type Attempt = Readonly<{ key: string; role: string; reason: string; minutes: string; refused: string }>;
const PATH = '/impersonations/new';
export const MINUTES = ['15', '30'] as const;

/** `refused`: of an organisation that is not there any more. */
export function newImpersonationPage(visit: SignedInVisit, named: string, all: Read<readonly Found[]> | undefined, refused?: string): Html {
  const { say, person: { organisation: { roles } } } = visit;
  if (!roles.includes('helper')) return frame(visit, notice(say, 'role_missing'));
  return frame(visit, html`${refused !== undefined && notice(say, refused)}<p class="lead">${say('Vous verrez ses pages telles qu’elle les voit, sans rien pouvoir changer. Ses responsables reçoivent un message.',
    'You will see its pages as it sees them, and can change nothing. Its people are told by mail.')}</p>
${findForm(visit, PATH, named)}${all && foundPart(visit, PATH, named, all)}`);
}

export function beginPage(visit: SignedInVisit, { organisationId, kind, name }: Found, attempt?: Attempt): Html {
  const { say, person: { organisation: { roles } } } = visit;
  if (!roles.includes('helper')) return frame(visit, notice(say, 'role_missing'));
  // Of several, the last sees most.
  const held = attempt?.role ?? ROLES_OF_KIND[kind].at(-1);
  return frame(visit, html`<p class="lead"><b>${name}</b>, ${say(...KIND_WORDS[kind])}</p>${attempt && notice(say, attempt.refused)}
<form class="narrow" method="post" action="/impersonations/new"><input type="hidden" name="key" value="${attempt?.key ?? uuidv7()}"><input type="hidden" name="organisationId" value="${organisationId}">
<input type="hidden" name="named" value="${name}"><fieldset class="field choices stacked"><legend>${say('Voir comme', 'Look as')}</legend>${ROLES_OF_KIND[kind].map((role) => html`<label class="tick"><input type="radio" name="role" value="${role}" ${role === held && html`checked`}><span>${roleWord(role, say)}</span></label>`)}</fieldset>
<div class="field"><label for="reason">${say('Pourquoi ?', 'Why?')}</label><p class="hint" id="reason-hint">${say('Au moins dix caractères. Ses responsables le lisent.', 'Ten characters at least. Its people read it.')}</p>
<textarea class="prose" id="reason" name="reason" rows="3" required minlength="10" maxlength="500" aria-describedby="reason-hint">${attempt?.reason ?? ''}</textarea></div>
<div class="field"><label for="minutes">${say('Pendant', 'For')}</label><select id="minutes" name="minutes">${MINUTES.map((minutes) => html`<option value="${minutes}" ${minutes === attempt?.minutes && html`selected`}>${minutes} minutes</option>`)}</select></div>
${attempt && asksForCode(attempt.refused) && codeOrPasskey(say)}<p class="field"><button class="button filled">${say('Voir ses pages', 'See its pages')}</button></p></form>`);
}

function frame(visit: SignedInVisit, content: Piece): Html {
  const { say } = visit;
  const title = say('Voir comme une organisation', 'Look as an organisation');
  return signedInPage(visit, title, html`<p class="small"><a href="/impersonations">${say('Consultations', 'Looked at by the operator')}</a></p><h1>${title}</h1>${content}`);
}

const REFUSALS: Readonly<Record<string, Words>> = {
  role_missing: ['Seule une personne chargée de l’assistance le peut : l’opérateur vous propose avec ce droit, et une seconde personne s’en porte garante.', 'Only a helper may: the operator proposes you with this right, and a second person stands for you.'],
  organisation_not_found: ['Cette organisation n’existe pas : cherchez-la par son nom.', 'There is no such organisation: look for it by its name.'],
  impersonation_not_of_kind: ['Personne ne regarde comme l’opérateur ou un organisme de contrôle.', 'Nobody looks as the operator or an auditing body.'],
  impersonation_open: ['Vous consultez déjà une organisation : terminez d’abord cette consultation.', 'You look as an organisation already: end that first.'],
  unavailable: ['Le service n’a pas répondu : cherchez à nouveau dans un moment.', 'The service did not answer: search again in a moment.'],
  impersonation_over: ['Votre connexion a pris fin : connectez-vous de nouveau.', 'Your sign-in has ended: sign in again.'],
  request_malformed: ['Dites en dix caractères au moins pourquoi vous regardez.', 'Say in ten characters at least why you look.'],
};

function notice(say: Say, code: string): Html {
  const words = REFUSALS[code];
  return html`<div class="notice no" role="alert">${icon('refused')}<p>${words ? say(...words) : secondFactorRefusal(code, say)}</p></div>`;
}
