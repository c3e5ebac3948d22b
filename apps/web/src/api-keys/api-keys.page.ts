// The keys by which programs ask for an organisation: those there are, one that was just made and is shown once, and the form of a new one.
import { uuidv7 } from 'uuidv7';
import { scopesFor, type OrganisationKind } from '#libs/auth';
import { part } from '../components.js';
import { moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { manages, signedInPage } from '../layout.js';
import type { Words } from '../lists/list.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import { asksForCode } from '../second-factor/second-factor-words.js';
import type { Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { ApiKey } from './api-keys.data.js';
import { apiKeyRefusal, LOGS_OF_KIND, SCOPE_WORDS, scopeWord } from './api-key-words.js';

/** What was asked and refused: with a code, the same form goes again. */
export type RefusedKey = Readonly<{ code: string; action: string; fields: readonly (readonly [name: string, value: string])[] }>;

/** What is said above the list. `left`: ids of keys that did not end with the membership of who made them. */
export type KeysSaid = Readonly<{ refused?: RefusedKey; left?: readonly string[] }>;

export const KEY_DAYS = ['30', '90', '180', '365'] as const;
const hiddenKey = (): Html => html`<input type="hidden" name="key" value="${uuidv7()}">`;
const titleOf = ({ say }: SignedInVisit): string => say('Clés d’accès', 'API keys');

export function apiKeysPage(visit: SignedInVisit, keys: Read<readonly ApiKey[]>, { refused, left = [] }: KeysSaid): Html {
  const { say, person: { organisation: { kind } } } = visit;
  const title = titleOf(visit);
  const log = LOGS_OF_KIND[kind]?.[0];
  return signedInPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Une clé laisse un logiciel (caisse, comptabilité) demander au nom de votre organisation. Elle n’ouvre que ce qui est coché.',
    'A key lets a program (till, accounting) ask for your organisation. It opens only what is ticked.')}</p>
${refused && refusedPart(visit, refused)}${keys.ok && leftNotice(visit, keys.value.filter(({ keyId, state }) => state === 'in_force' && left.includes(keyId)))}
${part(keys, say, title, (all) => (all.length === 0 ? html`<p class="empty">${say('Aucune clé pour le moment.', 'No key for now.')}</p>`
    : html`<ul class="lines team">${all.map((key) => keyLine(visit, key, endForm(visit, key)))}</ul>`))}
<p>${log && html`<a href="/api-keys/requests/${log}">${say('Ce que vos clés ont demandé', 'What your keys asked')}</a> · `}<a href="/reference">${say('Référence pour les développeurs', 'Reference for developers')}</a></p>
${manages(visit) && scopesFor(kind).length > 0 && keyForm(visit, kind)}`);
}

function refusedPart({ say }: SignedInVisit, { code, action, fields }: RefusedKey): Html {
  const notice = html`<div class="notice no" role="alert">${icon('refused')}<p>${apiKeyRefusal(code, say)}</p></div>`;
  if (code === 'second_factor_missing') return html`${notice}<p class="field"><a class="button" href="/second-factor">${say('Activer un second facteur', 'Switch on a second factor')}</a></p>`;
  if (!asksForCode(code)) return notice;
  return html`${notice}<form class="narrow" method="post" action="${action}">${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${codeOrPasskey(say)}<p class="field"><button class="button">${say('Continuer', 'Continue')}</button></p></form>`;
}

const leftNotice = ({ say }: SignedInVisit, left: readonly ApiKey[]): Piece => left.length > 0 && html`<div class="notice no" role="alert">${icon('refused')}<p>${
  say('La personne ne fait plus partie de l’équipe, mais ceci n’a pas pu être terminé et sert encore :', 'The person is no longer in the team, but this could not be ended and is in use still:')} ${
  html`<b>${left.map(({ label }) => label).join(', ')}</b>`}. ${say('Terminez-le dans la liste.', 'End it in the list.')}</p></div>`;

const PILLS = { in_force: ['ok', 'En service', 'In force'], ended: ['mute', 'Terminée', 'Ended'], too_old: ['mute', 'Trop ancienne', 'Too old'] } as const;

/** `act`: what may be done with it. */
export function keyLine(visit: SignedInVisit, key: ApiKey, act: Piece): Html {
  const { say, language } = visit;
  const { label, prefix, scopes, state, madeBy, madeAt, expiresAt, endedAt, endedBy, lastUsedAt } = key;
  const [tone, french, english] = PILLS[state];
  const until = state === 'ended' ? html`${say('terminée le', 'ended')} ${moment(endedAt!, language)} ${say('par', 'by')} ${endedBy}`
    : html`${state === 'too_old' ? say('a servi jusqu’au', 'was good until') : say('sert jusqu’au', 'good until')} ${moment(expiresAt, language)}`;
  const used = lastUsedAt === null ? say('jamais utilisée', 'never used') : html`${say('utilisée vers', 'used about')} ${moment(lastUsedAt, language)}`;
  return html`<li><span class="what grow"><b>${label} <code>mereau_${prefix}…</code></b>${scopes.map((scope) => scopeWord(scope, say)).join(', ')} · ${
    say('créée par', 'made by')} ${madeBy}, ${moment(madeAt, language)} · ${until} · ${used}</span>${pill(tone, say(french, english))}${act}</li>`;
}

/** `action`, `more`: where it is sent, and what goes along. */
export const endForm = (visit: SignedInVisit, { keyId, label, state }: ApiKey, action = '/api-keys/end', more: Piece = null): Piece => state === 'in_force' && manages(visit)
  && html`<form method="post" action="${action}">${hiddenKey()}<input type="hidden" name="keyId" value="${keyId}">${more}
<button class="button small">${visit.say('Terminer', 'End')}<span class="visually-hidden"> ${label}</span></button></form>`;

function keyForm({ say }: SignedInVisit, kind: OrganisationKind): Html {
  const spans: Readonly<Record<(typeof KEY_DAYS)[number], Words>> = {
    30: ['Un mois', 'A month'], 90: ['Trois mois', 'Three months'], 180: ['Six mois', 'Six months'], 365: ['Un an, au plus', 'A year, at most'],
  };
  return html`<section class="section"><h2>${say('Créer une clé', 'Make a key')}</h2>
<form class="narrow" method="post" action="/api-keys/make">${hiddenKey()}
<div class="field"><label for="label">${say('À quoi sert-elle ?', 'What is it for?')}</label><input id="label" name="label" required maxlength="100" autocomplete="off"></div>
<fieldset class="field choices stacked"><legend>${say('Elle pourra', 'It may')}</legend>${scopesFor(kind).map((scope) => html`<label class="tick"><input type="checkbox" name="${scope}" value="yes"><span><b>${
    say(...SCOPE_WORDS[scope].name)}</b> – ${say(...SCOPE_WORDS[scope].means)}</span></label>`)}</fieldset>
<div class="field"><label for="days">${say('Pendant', 'For')}</label><select id="days" name="days">${KEY_DAYS.map((days) =>
    html`<option value="${days}" ${days === '90' && html`selected`}>${say(...spans[days])}</option>`)}</select></div>
<p class="quiet">${say('La clé s’affiche une seule fois : préparez l’endroit où la ranger.', 'The key is shown once: have the place ready where you keep it.')}</p>
<p class="field"><button class="button filled">${say('Créer la clé', 'Make the key')}</button></p></form></section>`;
}

export type ShownKey = Readonly<{ prefix: string; expiresAt: string; key: string | null }>;

/** Once. The page is kept by nobody, and its reload makes nothing and shows nothing. */
export function madeKeyPage(visit: SignedInVisit, { prefix, expiresAt, key }: ShownKey): Html {
  const { say, language } = visit;
  const title = say('Clé créée', 'Key made');
  return signedInPage(visit, title, html`<p class="small"><a href="/api-keys">${titleOf(visit)}</a></p><h1>${title}</h1>
${key === null ? html`<div class="notice wait" role="status">${icon('clock')}<p>${say('Cette clé a déjà été affichée, et ne l’est qu’une fois. Si elle est perdue, terminez-la et créez-en une autre.',
    'This key was shown already, and is shown once. If it is lost, end it and make another.')} <code>mereau_${prefix}…</code></p></div>`
    : html`<p class="lead">${say('Copiez-la maintenant : elle ne s’affichera plus. Ne l’envoyez pas par message.', 'Copy it now: it is not shown again. Do not send it by message.')}</p>
<div class="field"><label for="made">${say('La clé', 'The key')}</label><input id="made" class="code" readonly value="${key}" autocomplete="off"></div>
<p>${say('Elle sert jusqu’au', 'It is good until')} ${moment(expiresAt, language)}. ${say('Un logiciel l’échange contre un jeton de cinq minutes :', 'A program exchanges it for a token of five minutes:')} <a href="/reference/route?of=POST%20/identity/api-keys/tokens"><code>POST /identity/api-keys/tokens</code></a></p>`}
<p class="field"><a class="button filled" href="/api-keys">${say('J’ai rangé la clé', 'I have put the key away')}</a></p>`);
}
