// Redemption's own totals.
import type { Tx } from '#libs/persistence';
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
