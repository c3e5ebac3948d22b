// The address of a list holds all of what is looked at: filters, order, columns, page. It can be kept, sent to a colleague
// and read back.
import { centsTyped } from '../format.js';
import type { List, ListColumn, ListFilter } from './list.js';

/** More than the filters of any list; the rest of an address is not read. */
const VALUE_MAX = 200;

export class ListAddress<Item> {
  private constructor(private readonly list: List<Item>, private readonly params: ReadonlyMap<string, string>) {}

  static of<Item>(list: List<Item>, url: string): ListAddress<Item> {
    const known = new Set(['sort', 'cursor', 'columns', ...list.filters.flatMap(fieldsOf)]);
    const search = new URLSearchParams(url.split('?')[1] ?? '');
    // A choice of several boxes arrives as several fields of one name.
    const entries = [...known].map((name) => [name, search.getAll(name).map((value) => value.trim()).filter((value) => value !== '').join(',').slice(0, VALUE_MAX)] as const);
    return new ListAddress(list, new Map(entries.filter(([, value]) => value !== '')));
  }

  value(name: string): string {
    return this.params.get(name) ?? '';
  }

  get columns(): readonly ListColumn<Item>[] {
    const chosen = this.value('columns').split(',');
    const found = this.list.columns.filter(({ name }) => chosen.includes(name));
    return found.length > 0 ? found : this.list.columns.filter(({ extra }) => !extra);
  }

  /** The filters that are set, each with the address without it. */
  get filtered(): readonly Readonly<{ filter: ListFilter; without: string }>[] {
    return this.list.filters.filter((filter) => fieldsOf(filter).some((field) => this.params.has(field)))
      .map((filter) => ({ filter, without: this.with(Object.fromEntries(fieldsOf(filter).map((field) => [field, '']))) }));
  }

  /** This address with some of it changed, from the first page on; `suffix` for a file. */
  with(changed: Readonly<Record<string, string>>, suffix = ''): string {
    const params = new URLSearchParams([...this.params].filter(([name]) => name !== 'cursor' && !(name in changed)));
    for (const [name, value] of Object.entries(changed)) if (value !== '') params.set(name, value);
    const question = params.toString();
    return `${this.list.path}${suffix}${question && `?${question}`}`;
  }

  /** What the service is asked. An amount that is none goes on as it was typed, for the service to refuse. */
  question(limit: number): URLSearchParams {
    const params = new URLSearchParams({ limit: String(limit), ...(this.list.totals && { totals: 'true' }) });
    for (const [name, value] of this.params) if (name !== 'columns') params.set(name, value);
    for (const filter of this.list.filters) {
      if (filter.kind !== 'amounts') continue;
      const typed = fieldsOf(filter).filter((field) => this.params.has(field));
      for (const field of typed) params.set(field, String(centsTyped(this.value(field)) ?? this.value(field)));
    }
    return params;
  }
}

/** The fields of a filter in a form. */
export const fieldsOf = ({ kind, name }: ListFilter): readonly string[] => (kind === 'days' || kind === 'amounts' ? [`${name}From`, `${name}To`] : [name]);
