// A workshop as its redemptions tell it: a session has no row of its own, and the ids of its lines follow from its key.
import { cents, plus, type Cents, type LocalDate, type PlaceId, type RedemptionId, type SessionId } from '#libs/kernel';
import type { ServiceCode } from '#libs/contracts';
import type { Sql } from '#libs/persistence';
import { SESSION_LINES_MAX } from '../limits.js';
import { lineIdOf } from '../redeem-session/line-id.js';

/** A person: what all its vouchers paid, and how many they are. */
export type SessionLine = Readonly<{
  redemptionId: RedemptionId; amount: Cents; coPayment: Cents; redeemedAt: Date; vouchers: number;
}>;

/** Without what was undone. `durationMinutes` and `participants` as declared; null where nobody said. */
export type HeldSession = Readonly<{
  sessionId: SessionId; place: string; timeZone: string; serviceDate: LocalDate; service: ServiceCode | null;
  durationMinutes: number | null; participants: number | null; programmes: readonly string[]; lines: readonly SessionLine[];
  undoneCount: number;
  /** When its last line was decided. */
  heldAt: Date;
}>;

type Shared = Pick<HeldSession, 'place' | 'timeZone' | 'serviceDate' | 'service' | 'durationMinutes' | 'participants'>;
type Row = Shared & Readonly<{
  redemptionId: RedemptionId; beside: number | null; amount: bigint; vouchers: number; coPayment: bigint; redeemedAt: Date;
  programme: string; undone: boolean;
}>;

export async function readSession(sql: Sql, placeId: PlaceId, sessionId: SessionId): Promise<HeldSession | undefined> {
  const ids = Array.from({ length: SESSION_LINES_MAX }, (_, line) => lineIdOf(sessionId, line));
  const rows = await sql.$queryRaw<Row[]>`
    select r.id as "redemptionId", r.amount, r.paid_beside as beside,
      (select 1 + count(*)::int from redemption.redemption o where o.participation_id = r.id) as vouchers, r.co_payment as "coPayment", r.redeemed_at as "redeemedAt", p.name as place, s.time_zone as "timeZone",
      r.service_date::text as "serviceDate", r.service, r.duration_minutes as "durationMinutes", r.participants, k.name as programme,
      exists (select from redemption.undone_redemption u where u.redemption_id = r.id) as undone
    from redemption.redemption r join redemption.site s on s.id = r.site_id join redemption.place p on p.id = r.place_id
    join redemption.known_programme k on k.programme_id = r.programme_id
    where r.id = any(${ids}::uuid[]) and r.place_id = ${placeId}::uuid and r.session_id = ${sessionId}::uuid`;
  const [first] = rows;
  if (!first) return undefined;
  const inOrder = new Map(ids.map((id, at) => [id as string, at]));
  const lines = rows.filter(({ undone }) => !undone)
    .sort((a, b) => inOrder.get(a.redemptionId)! - inOrder.get(b.redemptionId)!)
    .map(({ redemptionId, amount, beside, coPayment, redeemedAt, vouchers }): SessionLine =>
      ({ redemptionId, amount: plus(cents(amount), cents(beside ?? 0)), coPayment: cents(coPayment), redeemedAt, vouchers }));
  const { place, timeZone, serviceDate, service, durationMinutes, participants } = first;
  return {
    sessionId, place, timeZone, serviceDate, service, durationMinutes, participants,
    programmes: [...new Set(rows.map(({ programme }) => programme))].sort(), lines, undoneCount: rows.length - lines.length,
    heldAt: new Date(Math.max(...rows.map(({ redeemedAt }) => redeemedAt.getTime()))),
  };
}
