// The SQL of audit.restatement: who asked that the ledgers are made again, who approved it, and what differed then.
import type { Sql, Tx } from '#libs/persistence';
import type { Difference } from '../compare-tallies/compared-tally.store.js';
import { LEDGERS } from './restated.store.js';
import type { AskedRestatement } from './restatement.decision.js';

export type RestatementRow = Readonly<{
  restatementId: string; reason: string; askedBy: string; askedAt: Date; approvedBy: string | null; approvedAt: Date | null;
  /** Events that were looked at again, and those that there are; of the last that began only, for the others ended with it. */
  passedCount: number | null; eventCount: number | null;
}>;

export type NewRestatement = Readonly<{ restatementId: string; reason: string }>;

export async function insertRestatement(tx: Tx, { restatementId, reason }: NewRestatement): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.restatement (id, reason, asked_by, asked_at) values (${restatementId}::uuid, ${reason}, ${tx.origin.actor.id}, ${tx.now}::timestamptz)`;
}

export async function findRestatement(sql: Sql, restatementId: string): Promise<AskedRestatement | undefined> {
  const [row] = await sql.$queryRaw<AskedRestatement[]>`
    select r.asked_by as "askedBy", a.restatement_id is not null as "isApproved"
    from audit.restatement r left join audit.restatement_approval a on a.restatement_id = r.id where r.id = ${restatementId}::uuid`;
  return row;
}

export async function insertApproval(tx: Tx, restatementId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.restatement_approval (restatement_id, number, approved_by, approved_at)
    select ${restatementId}::uuid, coalesce(max(number), 0) + 1, ${tx.origin.actor.id}, ${tx.now}::timestamptz from audit.restatement_approval`;
}

/** Also what still stands of a restatement before it, that was not compared to its end. */
export async function insertStanding(tx: Tx, restatementId: string, differing: readonly Difference[]): Promise<void> {
  if (differing.length === 0) return;
  const texts = (of: (one: Difference) => string | null) => differing.map(of);
  const numbers = (of: (one: Difference) => number | bigint) => differing.map((one) => of(one).toString());
  await tx.sql.$executeRaw`
    insert into audit.standing_difference (restatement_id, ledger, sender, custody_account_id, programme, account, said_count, said_amount, restated_count,
      restated_amount, differs_after_seq, up_to_seq, named)
    select ${restatementId}::uuid, * from unnest(${texts(({ ledger }) => ledger)}::text[], ${texts(({ sender }) => sender)}::text[],
      ${texts(({ custodyAccountId }) => custodyAccountId)}::uuid[], ${texts(({ programme }) => programme)}::text[], ${texts(({ account }) => account)}::text[],
      ${numbers(({ saidCount }) => saidCount)}::int[], ${numbers(({ saidAmount }) => saidAmount)}::bigint[],
      ${numbers(({ restatedCount }) => restatedCount)}::int[], ${numbers(({ restatedAmount }) => restatedAmount)}::bigint[],
      ${numbers(({ afterSeq }) => afterSeq)}::bigint[], ${numbers(({ upToSeq }) => upToSeq)}::bigint[], ${texts(({ named }) => named)}::text[])`;
}

export const listRestatements = (
  sql: Sql, { restatementId, below, rowsMax }: Readonly<{ restatementId: string | null; below: string | null; rowsMax: number }>,
): Promise<RestatementRow[]> => sql.$queryRaw<RestatementRow[]>`
  select r.id as "restatementId", r.reason, r.asked_by as "askedBy", r.asked_at as "askedAt", a.approved_by as "approvedBy", a.approved_at as "approvedAt",
    p.passed as "passedCount", p.events as "eventCount"
  from audit.restatement r left join audit.restatement_approval a on a.restatement_id = r.id
    left join lateral (
      select sum(coalesce(up_to_seq, 0))::int as passed, sum(audit.last_sealed(ledger))::int as events
      from unnest(${LEDGERS}::text[]) ledger left join audit.restated_position on sender = ledger) p
      on a.number = (select max(number) from audit.restatement_approval)
  where (${restatementId}::uuid is null or r.id = ${restatementId}::uuid) and (${below}::uuid is null or r.id < ${below}::uuid)
  order by r.id desc limit ${rowsMax}`;
