// Redemption's own totals, and ours to compare with them.
import type { Tx } from '#libs/persistence';
import type { PlaceDifference } from './close-statements.decision.js';
import type { PeriodTotal } from './take-period-total.command.js';

/** A total that is told again (its maker was killed after sending) changes nothing. */
export async function insertTotalPart(tx: Tx, { upToSeq, part, parts, places, currency }: PeriodTotal): Promise<void> {
  const inserted = await tx.sql.$executeRaw`
    insert into settlement.redemption_total_part (up_to_seq, part, parts, received_at)
    values (${upToSeq}, ${part}, ${parts}, ${tx.now}) on conflict do nothing`;
  if (inserted === 0) return;
  await tx.sql.$executeRaw`
    insert into settlement.redemption_total (up_to_seq, part, place_id, count, amount, currency)
    select ${upToSeq}, ${part}, t."placeId", t.count, t."amountCents", ${currency}
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as t("placeId" uuid, count bigint, "amountCents" bigint)`;
}

/** The highest number whose total is here with all its parts. */
export async function lastCompleteTotal(tx: Tx): Promise<number | undefined> {
  const [row] = await tx.sql.$queryRaw<{ upToSeq: bigint }[]>`
    select up_to_seq as "upToSeq" from settlement.redemption_total_part
    group by up_to_seq having count(*) = max(parts) order by up_to_seq desc limit 1`;
  return row && Number(row.upToSeq);
}

/**
 * Places where redemption and our claim lines, up to that number, do not say the same count or cents; a redemption and its
 * undoing count as none.
 */
export async function differencesUpTo(tx: Tx, upToSeq: number): Promise<PlaceDifference[]> {
  return tx.sql.$queryRaw<PlaceDifference[]>`
    select place_id as "placeId", coalesce(theirs.count, 0)::int as "theirCount", coalesce(theirs.amount, 0)::bigint as "theirCents",
      coalesce(ours.count, 0)::int as "ourCount", coalesce(ours.amount, 0)::bigint as "ourCents"
    from (select place_id, count, amount from settlement.redemption_total where up_to_seq = ${upToSeq}) theirs
    full join (
      select place_id, count(*) filter (where gross > 0) - count(*) filter (where gross < 0) as count, sum(gross) as amount
      from settlement.claim_line where source_seq <= ${upToSeq} group by place_id) ours using (place_id)
    where (coalesce(theirs.count, 0), coalesce(theirs.amount, 0)) <> (coalesce(ours.count, 0), coalesce(ours.amount, 0))
    order by place_id`;
}
