import { cents, type BatchId, type Cents, type LocalDate, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';

/** What all vouchers of a batch say of themselves, under the rules that their order was placed under. */
export type Cover = Readonly<{
  programmeId: ProgrammeId; firstPayerId: PayerId; programme: string; payers: readonly string[]; kind: 'unit' | 'balance'; face: Cents; usableUntil: LocalDate; claimableUntil: LocalDate;
}>;

export async function readCover(sql: Sql, batchId: BatchId): Promise<Cover> {
  const [row] = await sql.$queryRaw<(Omit<Cover, 'face'> & { face: bigint })[]>`
    select o.programme_id as "programmeId", r.name as programme, p.kind, b.face_cents as face, r.usable_until::text as "usableUntil", r.claimable_until::text as "claimableUntil",
      (select json_agg(y.name order by s.priority) from issuance.order_share s join issuance.payer y on y.id = s.payer_id
        where s.order_id = o.id) as payers,
      (select s.payer_id from issuance.order_share s where s.order_id = o.id order by s.priority limit 1) as "firstPayerId"
    from issuance.batch b join issuance.order o on o.id = b.order_id join issuance.programme p on p.id = o.programme_id
    join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
    where b.id = ${batchId}::uuid`;
  return { ...row!, face: cents(row!.face) };
}
