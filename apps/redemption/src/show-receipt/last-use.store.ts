import type { ServiceCode } from '#libs/contracts';
import type { CodeMac } from '#libs/keys';
import { cents, type LocalDate, type RedemptionId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { OPERATOR_ZONE } from '../limits.js';
import type { LastUse } from './show-receipt.decision.js';

type Row = Readonly<{
  redemptionId: RedemptionId; placeName: string; commune: string | null; service: ServiceCode | null; serviceDate: LocalDate;
  redeemedAt: Date; amount: bigint; coPayment: bigint; leftAfter: bigint; undoneOn: LocalDate | null;
}>;

/** By keys alone: uses are not found by their voucher, for an index of that would slow every till down. */
export async function findLastUse(sql: Sql, codeMacs: readonly CodeMac[]): Promise<LastUse | undefined> {
  const [row] = await sql.$queryRaw<Row[]>`
    select r.id as "redemptionId", p.name as "placeName", l.commune, r.service, r.service_date::text as "serviceDate", r.redeemed_at as "redeemedAt",
      r.amount, r.co_payment as "coPayment", r.balance_after as "leftAfter", (u.undone_at at time zone ${OPERATOR_ZONE})::date::text as "undoneOn"
    from redemption.voucher v join redemption.redemption r on r.id = v.last_redemption_id join redemption.place p on p.id = r.place_id
    left join redemption.place_listing l on l.place_id = p.id left join redemption.undone_redemption u on u.redemption_id = r.id
    where v.code_mac = any(${[...codeMacs]}::uuid[])`;
  return row && { ...row, amount: cents(row.amount), coPayment: cents(row.coPayment), leftAfter: cents(row.leftAfter) };
}
