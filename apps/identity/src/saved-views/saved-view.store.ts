import type { Sql, Tx } from '#libs/persistence';
import type { SavedView, SavedViewId } from './saved-view.commands.js';
import type { Held } from './saved-view.decision.js';

/** Two tabs of one person: the second sees what the first one kept. */
export async function lockViews(tx: Tx, userId: string): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`identity:saved-views:${userId}`}, 0))`;
}

export const heldOf = (sql: Sql, userId: string, list: string): Promise<Held[]> => sql.$queryRaw<Held[]>`
  select id as "savedViewId", place, name from identity.saved_view where user_id = ${userId}::uuid and list = ${list}`;

/** Those of the list that the view is of; none where the person has no such view. */
export const heldBeside = (sql: Sql, userId: string, savedViewId: SavedViewId): Promise<Held[]> => sql.$queryRaw<Held[]>`
  select b.id as "savedViewId", b.place, b.name from identity.saved_view v join identity.saved_view b on b.user_id = v.user_id and b.list = v.list
  where v.id = ${savedViewId}::uuid and v.user_id = ${userId}::uuid`;

export const viewsOf = (sql: Sql, userId: string, list: string): Promise<SavedView[]> => sql.$queryRaw<SavedView[]>`
  select id as "savedViewId", name, question from identity.saved_view where user_id = ${userId}::uuid and list = ${list} order by lower(name), id`;

export type NewView = Readonly<{ userId: string; list: string; place: number; name: string; question: string }>;

export async function insertView(tx: Tx, id: SavedViewId, { userId, list, place, name, question }: NewView): Promise<void> {
  await tx.sql.$executeRaw`
    insert into identity.saved_view (id, user_id, list, place, name, question, saved_at)
    values (${id}::uuid, ${userId}::uuid, ${list}, ${place}::int, ${name}, ${question}, ${tx.now})`;
}

export async function renameView(tx: Tx, id: SavedViewId, name: string): Promise<void> {
  await tx.sql.$executeRaw`update identity.saved_view set name = ${name} where id = ${id}::uuid`;
}

/** How many went: none of somebody else's. */
export const removeView = (tx: Tx, userId: string, id: SavedViewId): Promise<number> =>
  tx.sql.$executeRaw`delete from identity.saved_view where id = ${id}::uuid and user_id = ${userId}::uuid`;
