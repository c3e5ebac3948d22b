// One page of a list, and the sums of all of it, each by one statement.
import { z } from 'zod';
import { cursorOf, readCursor } from '#libs/http';
import { cents, toWire } from '#libs/kernel';
import { readAs, type Reading, type Sql } from '#libs/persistence';
import { LISTING_ZONE, type ColumnKind, type Listing } from './listing.js';
import type { ListingQuery } from './listing-query.js';

export type ListingTotals = Readonly<{ count: number; /** By column. */ sums: Readonly<Record<string, bigint>> }>;
export type ListingPage<Row> = Readonly<{ rows: readonly Row[]; nextCursor: string | null; totals: ListingTotals | null }>;

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'text', cents: 'bigint', whole: 'bigint', day: 'date', moment: 'timestamptz', uuid: 'uuid',
};
const position = z.tuple([z.string().max(30), z.string().max(400), z.uuid()]);

/** As they leave: bounded as all amounts on the wire are. */
export const showTotals = (totals: ListingTotals | null): { count: number; sums: Record<string, number> } | null =>
  totals && { count: totals.count, sums: Object.fromEntries(Object.entries(totals.sums).map(([name, sum]) => [name, toWire(cents(sum))])) };

/**
 * `reader`: the party behind the verified token, or OVERSEER; the database shows no other rows, whatever the listing's own say.
 * `rights`: the values of `$1`, `$2`, … in the listing's rows.
 */
export type ListingFor = Readonly<{ reader: string; rights: readonly unknown[] }>;

/**
 * Columns come as PostgreSQL gives them: cents as bigint, moments as Date. Throws a 400 Problem for a cursor of another list or order.
 */
export const readListing = <Row extends { id: string }>(
  work: Reading, listing: Listing, { reader, rights }: ListingFor, query: ListingQuery,
): Promise<ListingPage<Row>> => readAs(work, reader, (sql) => readPage(sql, listing, rights, query));

async function readPage<Row extends { id: string }>(
  sql: Sql, listing: Listing, rights: readonly unknown[], query: ListingQuery,
): Promise<ListingPage<Row>> {
  const [column, direction] = query.sort.startsWith('-') ? [query.sort.slice(1), 'desc'] as const : [query.sort, 'asc'] as const;
  const values = [...rights];
  const param = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const wanted = conditions(listing, query, param);
  const totals = query.totals === 'true' ? await readTotals(sql, listing, wanted, [...values]) : null;
  const after = query.cursor === undefined ? [] : [afterOf(query, column, direction, TYPES[listing.columns[column]!.kind], param)];
  const rows = await sql.$queryRawUnsafe<(Row & { sort_value: string })[]>(`with listed as (${listing.rows})
    select *, "${column}"::text as sort_value from listed where ${[...wanted, ...after, 'true'].join(' and ')}
    order by "${column}" ${direction}, id ${direction} limit ${param(query.limit + 1, 'int')}`, ...values);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ sort_value: _, ...row }) => row as unknown as Row), totals,
    nextCursor: rows.length > query.limit && last ? cursorOf([query.sort, last.sort_value, last.id]) : null,
  };
}

type Param = (value: unknown, type: string) => string;

function afterOf({ cursor, sort }: ListingQuery, column: string, direction: 'asc' | 'desc', type: string, param: Param): string {
  const [, value, id] = readCursor(position.refine(([of]) => of === sort), cursor!);
  return `("${column}", id) ${direction === 'asc' ? '>' : '<'} (${param(value, 'text')}::${type}, ${param(id, 'uuid')})`;
}

function conditions({ columns }: Listing, asked: ListingQuery, param: Param): string[] {
  return Object.entries(columns).flatMap(([name, { kind, filter }]) => {
    const value = asked[name];
    switch (filter) {
      case undefined: return [];
      case 'choice': return value === undefined ? [] : [`"${name}" = any (${param(value, 'text[]')})`];
      case 'contains': return value === undefined ? [] : [`position(lower(${param(value, 'text')}) in lower("${name}")) > 0`];
      case 'equal': return value === undefined ? [] : [`"${name}" = ${param(value, 'text')}::${TYPES[kind]}`];
      case 'range': return [
        ...bound(asked[`${name}From`], (value) => `"${name}" >= ${startOf(kind, param(value, 'text'))}`),
        ...bound(asked[`${name}To`], (value) => (kind === 'moment'
          ? `"${name}" < ${startOf(kind, `${param(value, 'text')}::date + 1`)}` : `"${name}" <= ${startOf(kind, param(value, 'text'))}`)),
      ];
    }
  });
}

const bound = (value: unknown, condition: (value: unknown) => string): string[] => (value === undefined ? [] : [condition(value)]);

/** A moment is compared with the beginning of a local day. */
const startOf = (kind: ColumnKind, value: string): string =>
  (kind === 'moment' ? `((${value})::date::timestamp at time zone '${LISTING_ZONE}')` : `${value}::${TYPES[kind]}`);

async function readTotals(
  sql: Sql, { rows, columns }: Listing, wanted: readonly string[], values: readonly unknown[],
): Promise<ListingTotals> {
  const summed = Object.entries(columns).flatMap(([name, { sum }]) => (sum ? [name] : []));
  const [row] = await sql.$queryRawUnsafe<Record<string, bigint>[]>(`with listed as (${rows})
    select count(*) as count ${summed.map((name) => `, coalesce(sum("${name}"), 0)::bigint as "${name}"`).join('')}
    from listed where ${[...wanted, 'true'].join(' and ')}`, ...values);
  return { count: Number(row!['count']), sums: Object.fromEntries(summed.map((name) => [name, row![name]!])) };
}
