// Lists are always pages: a cursor names the last item shown, so that new items shift nothing.
import { z } from 'zod';
import { Problem } from './problem.js';
import { flawOf } from './sound-value.js';

export const PAGE_LIMIT_MAX = 200;
export const PAGE_LIMIT_USUAL = 50;

/** The two query parameters of every list; `pageQuery.extend({ … })` adds a list's own. */
export const pageQuery = z.strictObject({
  limit: z.string().regex(/^[1-9]\d{0,2}$/, 'expected a number from 1 to 200').transform(Number)
    .refine((limit) => limit <= PAGE_LIMIT_MAX, 'expected a number from 1 to 200').default(PAGE_LIMIT_USUAL),
  cursor: z.string().max(400).optional(),
});
export type PageQuery = z.output<typeof pageQuery>;

export type Page<Item> = Readonly<{
  items: readonly Item[];
  /** Hand it back for the next page; null after the last. */
  nextCursor: string | null;
}>;

/** A number in a cursor that PostgreSQL compares with an `integer`: a larger one would be its fault, and not the caller's. */
export const countIn = z.int().min(0).max(2_147_483_647);

/** Opaque for callers, but no secret and not signed: it only names a place in a list that they may read anyway. */
export const cursorOf = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Throws a 400 Problem when the cursor is not one that `cursorOf` made for this schema. */
export function readCursor<Schema extends z.ZodType>(schema: Schema, cursor: string): z.output<Schema> {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (flawOf(position) === undefined) return schema.parse(position);
  } catch {
    // Told below, in the words of the list and not of the parser.
  }
  throw new Problem('request_malformed', [{ path: 'cursor', message: 'not a cursor of this list' }]);
}

/** For a store that read `limit + 1` rows to know whether there are more. */
export function pageOf<Row, Item>(
  rows: readonly Row[], limit: number, positionOf: (row: Row) => readonly (string | number)[], show: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), nextCursor: rows.length > limit && last ? cursorOf(positionOf(last)) : null };
}

/** The schema of an answer page, for `@Api`. */
export const pageAnswer = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
