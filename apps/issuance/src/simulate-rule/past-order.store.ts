import { cents, type Cents, type LocalDate, type OrderId, type ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { OPERATOR_ZONE } from '../limits.js';
import type { PastOrder } from './order-replay.decision.js';
import type { Window } from './simulate-rule.query.js';

type PastRow = Omit<PastOrder, 'total' | 'face'> & Readonly<{ total: bigint; face: bigint | null }>;
/** `after`: the order that the page before ended with. */
type Wanted = Readonly<{ programmeId: ProgrammeId; window: Window; after: OrderId | null; rowsMax: number }>;

/** What of the programme was ordered before that day. */
export async function orderedBefore(sql: Sql, programmeId: ProgrammeId, day: LocalDate): Promise<Cents> {
  const [row] = await sql.$queryRaw<{ total: bigint }[]>`
    select coalesce(sum(o.total_cents), 0)::bigint as total from issuance.order o
    where o.programme_id = ${programmeId}::uuid and o.placed_at < ${day}::date::timestamp at time zone ${OPERATOR_ZONE}
      and not exists (select from issuance.order_step s where s.order_id = o.id and s.step = 'cancelled')`;
  return cents(row!.total);
}

/**
 * By the moment of their placing, without those that were cancelled. An order that has the face value of its rules is taken
 * to have named none: it would follow other rules to theirs.
 */
export async function readPast(sql: Sql, { programmeId, window, after, rowsMax }: Wanted): Promise<PastOrder[]> {
  const rows = await sql.$queryRaw<PastRow[]>`
    select o.id as "orderId", o.count, o.total_cents as total,
      (o.placed_at at time zone ${OPERATOR_ZONE})::date::text as "placedOn",
      case when o.face_cents <> r.face_cents then o.face_cents end as face
    from issuance.order o join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
    where o.programme_id = ${programmeId}::uuid
      and not exists (select from issuance.order_step s where s.order_id = o.id and s.step = 'cancelled')
      and (${after}::uuid is null
        or (o.placed_at, o.id) > (select last.placed_at, last.id from issuance.order last where last.id = ${after}::uuid))
      and o.placed_at >= ${window.from}::date::timestamp at time zone ${OPERATOR_ZONE}
      and o.placed_at < (${window.to}::date + 1)::timestamp at time zone ${OPERATOR_ZONE}
    order by o.placed_at, o.id limit ${rowsMax}::int`;
  return rows.map(({ total, face, ...row }) => ({ ...row, total: cents(total), face: face === null ? null : cents(face) }));
}
