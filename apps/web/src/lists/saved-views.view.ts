// A person's own views above a list: links, and behind two summaries a form to keep this address and those to rename and remove.
import { uuidv7 } from 'uuidv7';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import type { Problem, Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { ListAddress } from './list-address.js';
import type { List } from './list.js';
import type { SavedView } from './saved-views.data.js';

const NAME_MAX = 60;

const REFUSALS: Readonly<Record<string, readonly [french: string, english: string]>> = {
  saved_view_exists: ['Une autre de vos vues de cette liste porte ce nom : choisissez-en un autre.', 'Another of your views of this list has this name: choose another.'],
  saved_views_too_many: ['Vous gardez déjà vingt vues de cette liste : supprimez-en une d’abord.', 'You keep twenty views of this list already: remove one first.'],
  saved_view_not_found: ['Cette vue n’existe plus.', 'This view does not exist any more.'],
  request_malformed: ['Un nom a de 1 à 60 caractères.', 'A name has 1 to 60 characters.'],
};

/** What was typed where it was refused. */
export type RefusedView = Readonly<{ problem: Problem; name: string }>;

export function savedViews<Item>(
  visit: SignedInVisit, list: List<Item>, address: ListAddress<Item>, views: Read<readonly SavedView[]>, refused?: RefusedView,
): Piece {
  const { say } = visit;
  // Without them the list is as good: identity being away is said by what needs it.
  if (!views.ok) return refused ? notice(visit, refused) : null;
  const here = address.with({});
  const links = views.value.map(({ name, href }) => html`<li><a href="${href}" ${href === here && html`aria-current="page"`}>${name}</a></li>`);
  return html`${refused && notice(visit, refused)}<section class="saved-views" aria-label="${say('Vos vues de cette liste', 'Your views of this list')}">${
    links.length > 0 && html`<ul class="chips">${links}</ul>`}<details class="filters" ${refused && html`open`}><summary>${say('Garder cette vue', 'Keep this view')}</summary>${
    keepForm(visit, list, here, refused?.name ?? '')}</details>${
    views.value.length > 0 && html`<details class="filters"><summary>${say('Renommer ou supprimer une vue', 'Rename or remove a view')}</summary><ul class="lines">${
      views.value.map((view) => html`<li>${changeForm(visit, list, here, view)}</li>`)}</ul></details>`}</section>`;
}

function notice({ say }: SignedInVisit, { problem: { code } }: RefusedView): Html {
  const words = REFUSALS[code] ?? ['Le service n’a pas répondu : réessayez dans un moment.', 'The service did not answer: try again in a moment.'];
  return html`<div class="notice no" role="alert">${icon('refused')}<p>${say(...words)}</p></div>`;
}

const questionIn = (address: string): string => address.split('?')[1] ?? '';

function keepForm<Item>({ say }: SignedInVisit, { path }: List<Item>, here: string, name: string): Html {
  return html`<form method="post" action="${path}/views"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="question" value="${questionIn(here)}">
<div class="field"><label for="view-name">${say('Nom de la vue', 'Name of the view')}</label><input id="view-name" name="name" required maxlength="${NAME_MAX}" value="${name}" aria-describedby="view-hint"><p class="hint" id="view-hint">${
    say('Filtres, ordre et colonnes de maintenant. Vous seul la voyez.', 'The filters, order and columns of now. Only you see it.')}</p></div>
<p class="field"><button class="button">${say('Garder cette vue', 'Keep this view')}</button></p></form>`;
}

/** Two buttons of one form: the name counts for the first alone. */
function changeForm<Item>({ say }: SignedInVisit, { path }: List<Item>, here: string, { savedViewId, name }: SavedView): Html {
  const id = `name-${savedViewId}`;
  return html`<form method="post" action="${path}/views/${savedViewId}" class="view"><input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="question" value="${questionIn(here)}">
<div class="field"><label for="${id}">${say(`Nom de « ${name} »`, `Name of “${name}”`)}</label><input id="${id}" name="name" maxlength="${NAME_MAX}" value="${name}"></div>
<p class="field"><button class="button small" name="act" value="name">${say('Renommer', 'Rename')}</button> <button class="button small" name="act" value="removal">${say('Supprimer', 'Remove')}</button></p></form>`;
}
