// The views of a list that a person keeps: identity holds them, the list says which parameters of an address are its own.
import { z } from 'zod';
import type { Read, Services } from '../services.js';
import { ListAddress } from './list-address.js';
import type { List } from './list.js';

const kept = z.object({ items: z.array(z.object({ savedViewId: z.string(), name: z.string(), question: z.string() })) });

export type SavedView = Readonly<{ savedViewId: string; name: string; /** The address of the list as it is kept. */ href: string }>;

/** What a list does not know any more is left out: a column or a filter may have gone since. */
export async function loadViews<Item>(services: Services, bearer: string, list: List<Item>): Promise<Read<readonly SavedView[]>> {
  const read = await services.get(`/identity/me/saved-views?list=${encodeURIComponent(list.path)}`, kept, bearer);
  if (!read.ok) return read;
  return { ok: true, value: read.value.items.map(({ savedViewId, name, question }) => ({ savedViewId, name, href: ListAddress.of(list, `${list.path}?${question}`).with({}) })) };
}

/** Behind the question mark: filters, order and columns that the list knows, and no page of it. */
export function questionOf<Item>(list: List<Item>, typed: string): string {
  return ListAddress.of(list, `${list.path}?${typed}`).with({}).split('?')[1] ?? '';
}
