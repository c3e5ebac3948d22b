// The filters of a list as a plain form, the ones that are set as links that take them away, and the choice of columns.
import { html, type Html } from '../html.js';
import type { SignedInVisit } from '../visit.js';
import { fieldsOf, type ListAddress } from './list-address.js';
import type { List, ListFilter } from './list.js';

export function filterForm<Item>(visit: SignedInVisit, list: List<Item>, address: ListAddress<Item>): Html {
  const { say } = visit;
  const set = address.filtered;
  const chips = set.length > 0 && html`<ul class="chips" aria-label="${say('Filtres posés', 'Filters that are set')}">${set.map(({ filter, without }) => html`<li><a href="${without}">${
    labelOf(visit, filter, address)}<span aria-hidden="true"> ×</span><span class="visually-hidden">, ${say('enlever', 'take away')}</span></a></li>`)}${
    set.length > 1 && html`<li><a class="plain" href="${list.path}">${say('Effacer les filtres', 'Clear the filters')}</a></li>`}</ul>`;
  return html`<details class="filters"><summary>${say('Filtrer et choisir les colonnes', 'Filter and choose columns')}</summary>
<form method="get" action="${list.path}"><div class="said">${list.filters.filter(({ roles }) => !roles || roles.some((role) => visit.person.organisation.roles.includes(role)))
    .map((filter) => fields(visit, filter, address))}</div>
${columnChoice(visit, list, address)}
${address.value('sort') !== '' && html`<input type="hidden" name="sort" value="${address.value('sort')}">`}
<p class="field"><button class="button">${say('Afficher', 'Show')}</button></p></form></details>${chips}`;
}

/** `Reçu : du 1er au 30`, as a chip says it. */
function labelOf<Item>(visit: SignedInVisit, filter: ListFilter, address: ListAddress<Item>): string {
  const values = fieldsOf(filter).map((field) => address.value(field));
  const shown = filter.kind === 'choice' || filter.kind === 'one'
    ? values[0]!.split(',').map((value) => filter.choices(visit).find(([known]) => known === value)?.[1] ?? value).join(', ')
    : values.length === 1 ? values[0] : `${values[0] || '…'} – ${values[1] || '…'}`;
  return `${visit.say(...filter.words)}${visit.say(' : ', ': ')}${shown}`;
}

function fields<Item>(visit: SignedInVisit, filter: ListFilter, address: ListAddress<Item>): Html {
  const { say } = visit;
  const word = say(...filter.words);
  switch (filter.kind) {
    case 'text': return field(filter.name, word, html`<input id="${filter.name}" name="${filter.name}" maxlength="100" value="${address.value(filter.name)}">`);
    case 'one': return field(filter.name, word, html`<select id="${filter.name}" name="${filter.name}"><option value="">${say('Tous', 'All')}</option>${
      filter.choices(visit).map(([value, label]) => html`<option value="${value}" ${value === address.value(filter.name) && html`selected`}>${label}</option>`)}</select>`);
    case 'choice': {
      const chosen = address.value(filter.name).split(',');
      return html`<fieldset class="field choices"><legend>${word}</legend>${filter.choices(visit).map(([value, label]) => html`<label class="tick"><input type="checkbox" name="${
        filter.name}" value="${value}" ${chosen.includes(value) && html`checked`}>${label}</label>`)}</fieldset>`;
    }
    case 'days': case 'amounts': {
      const [from, to] = fieldsOf(filter);
      const type = filter.kind === 'days' ? html`type="date"` : html`inputmode="decimal"`;
      return html`${field(from!, `${word}, ${say('à partir de', 'from')}`, html`<input id="${from}" name="${from}" ${type} maxlength="12" value="${address.value(from!)}">`)}${
        field(to!, `${word}, ${say('jusqu’à', 'up to')}`, html`<input id="${to}" name="${to}" ${type} maxlength="12" value="${address.value(to!)}">`)}`;
    }
  }
}

const field = (name: string, word: string, input: Html): Html => html`<div class="field"><label for="${name}">${word}</label>${input}</div>`;

function columnChoice<Item>({ say }: SignedInVisit, list: List<Item>, address: ListAddress<Item>): Html {
  const shown = address.columns;
  return html`<fieldset class="field choices"><legend>${say('Colonnes', 'Columns')}</legend>${list.columns.map((column) => html`<label class="tick"><input type="checkbox" name="columns" value="${
    column.name}" ${shown.includes(column) && html`checked`}>${say(...column.head)}</label>`)}</fieldset>`;
}
