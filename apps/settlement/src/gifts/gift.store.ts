import { giftReference } from '#libs/contracts';
import type { ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { COMMONS_POOL } from '../limits.js';
import type { Gift } from './gift-fact.js';

/** Of every pool there is: the national one, and that of each programme of which a sharing rule stands, also before its day. */
export async function poolsByReference(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.$queryRaw<{ programmeId: ProgrammeId }[]>`
    select distinct programme_id as "programmeId" from settlement.standing_sharing_rule order by 1`;
  const pools: (readonly [reference: string, pool: string])[] = [
    [giftReference(null), COMMONS_POOL], ...rows.map(({ programmeId }) => [giftReference(programmeId), programmeId] as const),
  ];
  // Two ids that end alike would share a reference: then it names neither, and a person says what was meant.
  return new Map(pools.filter(([reference], at) => pools.every(([other], place) => place === at || other !== reference)));
}

export const isPool = async (sql: Sql, pool: string): Promise<boolean> => {
  const [row] = await sql.$queryRaw<{ known: boolean }[]>`
    select ${pool} = ${COMMONS_POOL} or exists (select from settlement.standing_sharing_rule where programme_id::text = ${pool}) as known`;
  return row!.known;
};

/** After their postings and, where a person said so, after the identification: the database looks for both. */
export async function insertGifts(tx: Tx, gifts: readonly (Gift & Readonly<{ eventId: string }>)[]): Promise<void> {
  if (gifts.length === 0) return;
  const rows = gifts.map(({ amount, ...gift }) => ({ ...gift, amount: amount.toString() }));
  await tx.sql.$executeRaw`
    insert into settlement.gift (bank_line_id, pool, custody_account_id, amount, currency, event_id, at)
    select t."bankLineId", t.pool, t."custodyAccountId", t.amount, 'EUR', t."eventId", ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("bankLineId" uuid, pool text, "custodyAccountId" uuid, amount bigint, "eventId" uuid)`;
}
