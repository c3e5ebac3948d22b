// One thing out of a list that was asked for it alone.
import { z } from 'zod';
import { problemOf, type Read } from '../services.js';
import type { Ask } from './decision-page.js';

export async function oneOf<Item extends z.ZodType>(ask: Ask, path: string, item: Item): Promise<Read<z.output<Item>>> {
  const read = await ask(path, z.object({ items: z.array(item) }));
  if (!read.ok) return read;
  const [found] = read.value.items;
  return found === undefined ? problemOf(404, 'route_not_found') : { ok: true, value: found };
}

/** Everything of a list that is shown whole: half of it must not look like all. */
export async function everyOf<Item extends z.ZodType>(ask: Ask, path: string, item: Item): Promise<Read<readonly z.output<Item>[]>> {
  const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  const items: z.output<Item>[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const read: Read<z.output<typeof page>> = await ask(`${path}?limit=${PAGE_MAX}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, page);
    if (!read.ok) return read;
    items.push(...read.value.items);
    cursor = read.value.nextCursor;
  }
  return { ok: true, value: items };
}
const PAGE_MAX = 200;

/** Everything of a short list: choices of a form. */
export async function allOf<Item extends z.ZodType>(ask: Ask, path: string, item: Item): Promise<Read<readonly z.output<Item>[]>> {
  const read = await ask(path, z.object({ items: z.array(item) }));
  return read.ok ? { ok: true, value: read.value.items } : read;
}
