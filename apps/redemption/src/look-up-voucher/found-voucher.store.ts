// The SQL behind the questions of a holder. It locks nothing: no till waits for somebody who only looks.
import type { CodeMac } from '#libs/keys';
import type { ServiceCode } from '#libs/contracts';
import { cents, type BatchId, type LocalDate, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { OPERATOR_ZONE } from '../limits.js';
import type { FoundVoucher } from './look-up-voucher.decision.js';

type Row = Readonly<{
  batchId: BatchId; index: number; serialPermutationId: string; programmeId: ProgrammeId; programmeName: string | null; unit: boolean;
  face: bigint; balance: bigint; expired: bigint; held: bigint | null; heldUntil: Date | null; usableUntil: LocalDate;
  services: ServiceCode[];
  spendable: boolean; expiring: boolean; frozen: boolean; stoppedOn: LocalDate | null; usedOn: LocalDate | null; today: LocalDate;
}>;
export type Found = Readonly<{ batchId: BatchId; index: number; serialPermutationId: string; voucher: FoundVoucher }>;

/** One statement, whether there is such a code or not. `at`: null for the database's own moment. */
export async function findVoucher(sql: Sql, codeMacs: readonly CodeMac[], at: Date | null): Promise<Found | undefined> {
  const [row] = await sql.$queryRaw<Row[]>`
    select v.batch_id as "batchId", v.index, b.serial_permutation_id as "serialPermutationId", b.programme_id as "programmeId",
      p.name as "programmeName", v.unit, v.face, v.balance, v.expired, case when v.held_until > n.at then v.held end as held,
      v.held_until as "heldUntil", b.usable_until::text as "usableUntil", b.services,
      exists (select from redemption.spendable_range r where r.batch_id = v.batch_id and v.index between r.first and r.last) as spendable,
      exists (select from redemption.expiry_run e where e.batch_id = b.id and e.lifted_by is null) as expiring,
      exists (select from redemption.frozen_order f where f.order_id = b.order_id) as frozen,
      (select min((s.stopped_at at time zone ${OPERATOR_ZONE})::date)::text from redemption.stopped_range r
        join redemption.stop s on s.id = r.stop_id where r.batch_id = v.batch_id and v.index between r.first and r.last) as "stoppedOn",
      (select r.service_date::text from redemption.redemption r where r.id = v.last_redemption_id) as "usedOn",
      (n.at at time zone ${OPERATOR_ZONE})::date::text as today
    from redemption.voucher v join redemption.batch b on b.id = v.batch_id
    left join redemption.known_programme p on p.programme_id = b.programme_id
    cross join (select coalesce(${at}::timestamptz, clock_timestamp()) as at) n
    where v.code_mac = any(${[...codeMacs]}::uuid[])`;
  return row && foundOf(row);
}

function foundOf({ batchId, index, serialPermutationId, held, heldUntil, face, balance, expired, ...rest }: Row): Found {
  const hold = held !== null && heldUntil !== null ? { amount: cents(held), until: heldUntil } : null;
  return {
    batchId, index, serialPermutationId,
    voucher: { ...rest, face: cents(face), balance: cents(balance), expired: cents(expired), hold },
  };
}
