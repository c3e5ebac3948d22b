import { isUuid, type BankAccountId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { StripeMovement } from '#libs/stripe';

export async function knownMovements(sql: Sql, movementIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.$queryRaw<{ id: string }[]>`select id from settlement.stripe_movement where id = any(${movementIds}::text[])`;
  return new Set(rows.map(({ id }) => id));
}

export type PostedMovement = StripeMovement & Readonly<{ eventId: string | null }>;

export async function insertMovements(tx: Tx, bankAccountId: BankAccountId, movements: readonly PostedMovement[]): Promise<void> {
  if (movements.length === 0) return;
  const rows = JSON.stringify(movements.map(({ movementId, stripeType, kind, currency, ...movement }) => ({
    id: movementId, stripe_type: stripeType, kind, currency, amount: movement.amountCents.toString(), fee: movement.feeCents.toString(),
    net: movement.netCents.toString(), payment_id: movement.paymentId ?? null, payout_id: movement.payoutId ?? null,
    source_id: movement.sourceId ?? null,
    refund_id: movement.refundId && isUuid(movement.refundId) ? movement.refundId : null,
    transfer_id: movement.transferId ?? null,
    transfer_payment_id: movement.transferPaymentId && isUuid(movement.transferPaymentId) ? movement.transferPaymentId : null,
    event_id: movement.eventId, moved_at: movement.createdAt.toISOString(), available_at: movement.availableAt.toISOString(),
  })));
  await tx.sql.$executeRaw`
    insert into settlement.stripe_movement (id, stripe_type, kind, amount, fee, net, currency, payment_id, payout_id, source_id, refund_id,
      transfer_id, transfer_payment_id, bank_account_id, event_id, moved_at, available_at, read_at)
    select t.id, t.stripe_type, t.kind, t.amount, t.fee, t.net, t.currency, t.payment_id, t.payout_id, t.source_id, t.refund_id,
      t.transfer_id, t.transfer_payment_id, ${bankAccountId}::uuid, t.event_id, t.moved_at, t.available_at, ${tx.now}
    from jsonb_to_recordset(${rows}::jsonb) as t(id text, stripe_type text, kind text, amount bigint, fee bigint, net bigint, currency text,
      payment_id text, payout_id text, source_id text, refund_id uuid, transfer_id text, transfer_payment_id uuid, event_id uuid,
      moved_at timestamptz, available_at timestamptz)`;
}

export type UnexplainedMovement = Readonly<{ movementId: string; stripeType: string; netCents: bigint; movedAt: Date }>;
export type BalanceSums = Readonly<{
  stated: bigint; ledger: bigint; charged: bigint; refunded: bigint; transferred: bigint; inTransit: bigint; fees: bigint; own: bigint;
  readAt: Date | null;
}>;

/** Stripe's own balance beside the ledger's, and what the operator has in this custody account by this service's ledger. */
export async function balanceSums(sql: Sql, bankAccountId: BankAccountId): Promise<BalanceSums> {
  const [row] = await sql.$queryRaw<BalanceSums[]>`
    with moved as (
      select debit as account, amount, rule from settlement.transfer where custody_account_id = ${bankAccountId}::uuid
      union all select credit, -amount, rule from settlement.transfer where custody_account_id = ${bankAccountId}::uuid)
    select
      (select coalesce(sum(net), 0)::bigint from settlement.stripe_movement) as stated,
      (select max(read_at) from settlement.stripe_movement) as "readAt",
      (select coalesce(sum(c.amount), 0)::bigint from settlement.stripe_charge c
        where not exists (select from settlement.stripe_movement m where m.payment_id = c.payment_id and m.kind = 'charge')) as charged,
      (select coalesce(sum(f.amount), 0)::bigint from settlement.stripe_refund s join settlement.refund f on f.id = s.refund_id
        where s.refunded_at is not null
          and not exists (select from settlement.stripe_movement m where m.source_id = s.stripe_refund_id and m.kind = 'refund')) as refunded,
      (select coalesce(sum(t.amount), 0)::bigint from settlement.stripe_transfer t where t.sent_at is not null
        and not exists (select from settlement.stripe_movement m where m.transfer_id = t.stripe_transfer_id and m.kind = 'transfer')) as transferred,
      coalesce(sum(amount) filter (where account = 'psp'), 0)::bigint as ledger,
      coalesce(sum(amount) filter (where account = 'cash_in_transit' and rule = '5'), 0)::bigint as "inTransit",
      coalesce(sum(amount) filter (where account = 'psp_fees'), 0)::bigint as fees,
      coalesce(-sum(amount) filter (where account in ('fee_income', 'vat_collected', 'psp_fees', 'bank_fees', 'gestures', 'losses')), 0)::bigint as own
    from moved`;
  return row!;
}

/** A charge that issuance never announced, a refund, a dispute or a transfer that nobody here knows of: a person has to look. */
export const unexplainedMovements = (sql: Sql, rowsMax: number): Promise<UnexplainedMovement[]> => sql.$queryRaw<UnexplainedMovement[]>`
  select m.id as "movementId", m.stripe_type as "stripeType", m.net as "netCents", m.moved_at as "movedAt" from settlement.stripe_movement m
  where m.kind = 'other'
    or (m.kind = 'charge' and not exists (select from settlement.stripe_charge c where c.payment_id = m.payment_id))
    or (m.kind = 'refund' and not exists (select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id))
    or (m.kind = 'refund_failure' and not exists (select from settlement.stripe_refund s where s.stripe_refund_id = m.source_id and s.state = 'failed'))
    or (m.kind = 'dispute' and not exists (select from settlement.stripe_dispute d where d.movement_id = m.id))
    or (m.kind = 'dispute_reversal' and not exists (select from settlement.stripe_dispute_end e where e.movement_id = m.id))
    or (m.kind = 'transfer' and not exists (select from settlement.stripe_transfer t where t.stripe_transfer_id = m.transfer_id))
    or (m.kind = 'transfer_reversal' and not exists (select from settlement.stripe_transfer t where t.reversal_movement_id = m.id))
  order by m.moved_at desc, m.id limit ${rowsMax}::int`;
