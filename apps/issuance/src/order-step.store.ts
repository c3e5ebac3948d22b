// The steps of drafts and orders. Whoever adds one holds the lock of the draft, or of the order, so that numbers follow.
import type { OrderId, PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { actorOf } from './issuance.work.js';
import type { Step, StepName } from './order-step.decision.js';

export type NewStep = Readonly<{
  step: StepName; quoteVersion?: number; payerId?: PayerId | null; reason?: string; reference?: string; sha256?: string;
}>;
export async function insertStep(tx: Tx, orderId: OrderId, { step, ...of }: NewStep): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.order_step (order_id, number, step, quote_version, payer_id, reason, reference, sha256, taken_by, taken_at)
    select ${orderId}::uuid, coalesce(max(s.number), 0) + 1, ${step}, ${of.quoteVersion ?? null}::int, ${of.payerId ?? null}::uuid,
      ${of.reason ?? null}, ${of.reference ?? null}, ${of.sha256 ?? null}, ${actorOf(tx)}, ${tx.now}
    from issuance.order_step s where s.order_id = ${orderId}::uuid`;
}

/** In the order in which they were taken. */
export const readSteps = (sql: Sql, orderId: OrderId): Promise<Step[]> => sql.$queryRaw<Step[]>`
  select s.step, s.quote_version as "quoteVersion", s.payer_id as "payerId", s.reason, s.reference, s.sha256,
    s.taken_by as "takenBy", s.taken_at as "takenAt"
  from issuance.order_step s where s.order_id = ${orderId}::uuid order by s.number`;

/** For vouchers that would still leave: those that replace stopped ones of an active part may, whatever became of the order. */
export async function isCancelled(
  sql: Sql, { orderId, isReplacement }: Readonly<{ orderId: OrderId; isReplacement: boolean }>,
): Promise<boolean> {
  const [row] = await sql.$queryRaw<{ cancelled: boolean }[]>`
    select exists (select from issuance.order_step s where s.order_id = ${orderId}::uuid and s.step = 'cancelled') as cancelled`;
  return row!.cancelled && !isReplacement;
}
