// Who acts for an organisation: its people, those that are invited, and what whoever answers for it may do about them.
import { uuidv7 } from 'uuidv7';
import { ROLES_OF_KIND } from '#libs/auth';
import { part } from '../components.js';
import { moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { manages, signedInPage } from '../layout.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import { asksForCode } from '../second-factor/second-factor-words.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { roleWord, teamRefusal } from './team-words.js';

export type Member = Readonly<{
  userId: string; name: string; email: string; roles: readonly string[]; since: string; state: 'invited' | 'proposed' | 'in_force';
  invitedUntil: string | null; hasSecondFactor: boolean;
}>;
/** What was asked and refused: with a code, the same form goes again. */
export type RefusedMove = Readonly<{ code: string; action: string; fields: readonly (readonly [name: string, value: string])[] }>;
export type Team = Readonly<{ members: Read<readonly Member[]>; ownUserId: string; refused?: RefusedMove | undefined }>;

const key = (): Html => html`<input type="hidden" name="key" value="${uuidv7()}">`;

export function teamPage(visit: SignedInVisit, { members, ownUserId, refused }: Team): Html {
  const { say } = visit;
  const title = say('Équipe', 'Team');
  return signedInPage(visit, title, html`<h1>${title}</h1>
${refused && refusedPart(visit, refused)}
${part(members, say, title, (all) => html`<ul class="lines team">${all.map((member) => memberLine(visit, member, ownUserId))}</ul>`)}
${invites(visit) && inviteForm(visit)}`);
}

/** Of the operator, members are proposed by its operators and confirmed by its approvers. */
const invites = (visit: SignedInVisit): boolean => {
  const { kind, roles } = visit.person.organisation;
  return kind === 'operator' ? roles.includes('operator') : manages(visit);
};

function refusedPart({ say }: SignedInVisit, { code, action, fields }: RefusedMove): Html {
  const notice = html`<div class="notice no" role="alert">${icon('refused')}<p>${teamRefusal(code, say)}</p></div>`;
  if (code === 'second_factor_missing') return html`${notice}<p class="field"><a class="button filled" href="/second-factor">${say('Activer un second facteur', 'Switch on a second factor')}</a></p>`;
  if (!asksForCode(code)) return notice;
  return html`${notice}<form class="narrow" method="post" action="${action}">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${codeOrPasskey(say)}<p class="field"><button class="button filled">${say('Continuer', 'Continue')}</button></p></form>`;
}

const PILLS = {
  invited: ['wait', 'Invité(e)', 'Invited'], proposed: ['wait', 'Attend une seconde personne', 'Waits for a second person'], in_force: ['ok', 'Active', 'Active'],
} as const;

function memberLine(visit: SignedInVisit, member: Member, ownUserId: string): Html {
  const { say, language } = visit;
  const { name, email, roles, state, invitedUntil, hasSecondFactor, userId } = member;
  const [tone, french, english] = PILLS[state];
  const until = state === 'invited' && (invitedUntil
    ? html` · ${say('le lien sert jusqu’au', 'the link opens until')} ${moment(invitedUntil, language)}` : html` · ${say('le lien ne sert plus', 'the link opens nothing any more')}`);
  const factor = state !== 'invited' && html` · ${hasSecondFactor ? say('second facteur actif', 'second factor on') : say('sans second facteur', 'no second factor')}`;
  return html`<li><span class="what grow"><b>${name}${userId === ownUserId && html` <span class="quiet">(${say('vous', 'you')})</span>`}</b>${email} · ${
    roles.map((role) => roleWord(role, say)).join(', ')}${until}${factor}</span>${pill(tone, say(french, english))}${userId !== ownUserId && actions(visit, member)}</li>`;
}

function actions(visit: SignedInVisit, { userId, name, state, roles }: Member): Piece {
  const { say, person: { organisation } } = visit;
  const form = (action: string, label: string, more: Piece = null) => html`<form method="post" action="/team/${action}">${key()}<input type="hidden" name="userId" value="${userId}">${more}
<button class="button small">${label}<span class="visually-hidden"> ${name}</span></button></form>`;
  const allowed = ROLES_OF_KIND[organisation.kind];
  return html`${state === 'invited' && invites(visit) && form('invite-again', say('Inviter à nouveau', 'Invite again'))}
${state !== 'in_force' && organisation.roles.includes('approver') && form('confirm', say('Me porter garant', 'Stand for them'), roles.map((role) => html`<input type="hidden" name="${role}" value="yes">`))}
${organisation.kind === 'place' && form('roles', say('Changer', 'Change'), roleChoice(visit, allowed, roles))}
${form('end', state === 'invited' ? say('Retirer l’invitation', 'Withdraw') : say('Retirer de l’équipe', 'Remove'))}`;
}

/** A till, a manager, or both. */
function roleChoice({ say }: SignedInVisit, allowed: readonly string[], held: readonly string[]): Html {
  return html`${allowed.map((role) => html`<label class="small choice"><input type="checkbox" name="${role}" value="yes" ${held.includes(role) ? html`checked` : ''}> ${roleWord(role, say)}</label> `)}`;
}

function inviteForm(visit: SignedInVisit): Html {
  const { say, person: { organisation: { kind } } } = visit;
  const allowed = ROLES_OF_KIND[kind];
  return html`<section class="section"><h2>${say('Inviter quelqu’un', 'Invite somebody')}</h2>
<p>${say('La personne reçoit un message et choisit elle-même son mot de passe. Le lien sert une fois, pendant sept jours.',
    'The person gets a mail and chooses a password alone. The link opens once, for seven days.')}${
  kind === 'operator' && html` ${say('Une seconde personne, qui approuve, doit ensuite s’en porter garante.', 'A second person, who approves, must then stand for them.')}`}</p>
<form class="narrow" method="post" action="/team/invite">${key()}
<div class="field"><label for="name">${say('Nom', 'Name')}</label><input id="name" name="name" required maxlength="200" autocomplete="off"></div>
<div class="field"><label for="email">${say('Adresse électronique', 'E-mail address')}</label><input id="email" name="email" type="email" required maxlength="200" autocomplete="off"></div>
${allowed.length > 1 ? html`<fieldset class="choice"><legend>${say('Droits', 'Rights')}</legend>${roleChoice(visit, allowed, allowed.slice(0, 1))}</fieldset>`
    : html`<input type="hidden" name="${allowed[0]}" value="yes">`}
<p class="field"><button class="button filled">${say('Inviter', 'Invite')}</button></p></form></section>`;
}
