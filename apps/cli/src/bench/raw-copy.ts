// The reference: the same rows, as a binary file in random order, into a table with the columns, checks, indexes and the
// foreign key of redemption's, by COPY, in one transaction. Nothing can make vouchers faster than writing them without
// thought. A table beside it, so that redemption's stays true: both grow by the same rows in each round.
import { join } from 'node:path';
import type pg from 'pg';

const TABLE = 'bench.voucher';

/** Made by the superuser: it is no part of the product. Throws when the two tables are not alike. */
export async function installReference(admin: pg.Client): Promise<void> {
  await admin.query(`
    create schema bench;
    create table ${TABLE} (like redemption.voucher including all) with (fillfactor = 85);
    alter table ${TABLE} add foreign key (batch_id) references redemption.batch (id);
    insert into ${TABLE} select * from redemption.voucher;`);
  const [ours, reference] = [await shapeOf(admin, 'redemption.voucher'), await shapeOf(admin, TABLE)];
  if (ours !== reference) throw new Error(`the tables of the bench are not alike:\n${ours}\n${reference}`);
}

/** Indexes by their columns, constraints by their text, and what the pages are filled to. */
async function shapeOf(admin: pg.Client, table: string): Promise<string> {
  const { rows } = await admin.query<{ shape: string }>(`
    select c.reloptions::text || (select string_agg(pg_get_constraintdef(k.oid), '; ' order by pg_get_constraintdef(k.oid)) from pg_constraint k
        where k.conrelid = c.oid and k.contype <> 'n')
      || (select string_agg(regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING', ''), '; ' order by i.indkey::text) from pg_index i
        where i.indrelid = c.oid) as shape
    from pg_class c where c.oid = $1::regclass`, [table]);
  return rows[0]!.shape;
}

export async function rowsOf(admin: pg.Client, table: 'redemption' | 'bench', batchId: string): Promise<number> {
  const { rows } = await admin.query<{ count: string }>(
    `select count(*) as count from ${table}.voucher where batch_id = $1`, [plain(batchId)]);
  return Number(rows[0]!.count);
}

/** By the server itself, to a file on its own disk. */
export async function writeRandomly(admin: pg.Client, batchId: string, folder: string): Promise<string> {
  const file = join(folder, 'vouchers.binary');
  await admin.query(`copy (select * from redemption.voucher where batch_id = '${plain(batchId)}' order by random()) to '${file}' (format binary)`);
  return file;
}

/** Seconds. */
export async function copyRaw(admin: pg.Client, file: string): Promise<number> {
  const began = performance.now();
  await admin.query(`copy ${TABLE} from '${file}' (format binary)`);
  return (performance.now() - began) / 1_000;
}

const plain = (id: string): string => id.slice(id.indexOf('_') + 1);
