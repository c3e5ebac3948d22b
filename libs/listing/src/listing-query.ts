// The query string of a list: its page, its order, and a parameter for each filter.
import { z } from 'zod';
import { idIn, pageAnswer, pageQuery } from '#libs/http';
import type { ListedColumn, Listing } from './listing.js';

/** Longer is no name, reference or number that we hold. */
const TEXT_MAX = 200;
const MONEY = /^-?\d{1,13}$/;

/** As `parse` gives it: beside the four, a parameter for each filter: `state`, `redeemedAtFrom`, … */
export type ListingQuery = Readonly<{ limit: number; cursor?: string | undefined; sort: string; totals: 'true' | 'false' }>
  & Readonly<Record<string, unknown>>;

/** For `@Api({ query })` and `parse`. Unknown parameters are refused, so that a mistyped filter does not answer with everything. */
export function listingQuery({ columns, usualSort }: Listing) {
  const sorts = Object.entries(columns).flatMap(([name, { sort }]) => (sort ? [name, `-${name}`] : []));
  const filters = Object.fromEntries(Object.entries(columns).flatMap(([name, column]) => filtersOf(name, column)));
  return pageQuery.extend({
    sort: z.enum(sorts as [string, ...string[]]).default(usualSort).describe('a column; `-` in front: the largest first'),
    totals: z.enum(['true', 'false']).default('false').describe('true: also count and sums of everything that the filters leave'),
    ...filters,
  });
}

/** The parameters of a column's filter. */
function filtersOf(name: string, { filter, kind, of, choices = [] }: ListedColumn): [string, z.ZodType][] {
  const text = z.string().min(1).max(TEXT_MAX);
  switch (filter) {
    case undefined: return [];
    case 'choice': return [[name, choiceOf(choices)]];
    case 'contains': return [[name, text.optional().describe('a part of it, in any case')]];
    case 'equal': return [[name, (of ? idIn(of) : kind === 'uuid' ? z.uuid() : valueOf(kind)).optional()]];
    case 'range': return [[`${name}From`, valueOf(kind).optional()], [`${name}To`, valueOf(kind).optional().describe('included')]];
  }
}

const choiceOf = (choices: readonly string[]) => z.string().max(TEXT_MAX)
  .transform((asked) => asked.split(','))
  .refine((asked) => asked.every((one) => choices.includes(one)), `expected one or several of ${choices.join(', ')}`)
  .optional().describe(`one or several of ${choices.join(', ')}, with commas between`);

/** Moments are asked by local day. */
function valueOf(kind: ListedColumn['kind']): z.ZodType {
  switch (kind) {
    case 'cents': case 'whole': return z.string().regex(MONEY, 'expected a whole number');
    case 'day': case 'moment': return z.iso.date();
    case 'text': case 'uuid': return z.string().min(1).max(TEXT_MAX);
  }
}

/** The answer of a list, for `@Api`: a page of items and, where asked for, count and sums of everything that the filters leave. */
export function listingAnswer<Item extends z.ZodType>({ columns }: Listing, item: Item) {
  const sums = Object.fromEntries(Object.entries(columns).flatMap(([name, { sum }]) => (sum ? [[name, z.int()]] : [])));
  return z.strictObject({ ...pageAnswer(item).shape, totals: z.strictObject({ count: z.int(), sums: z.strictObject(sums) }).nullable() });
}
