// Disputes, by what Stripe's own list of movements says of them: the movement is the fact, and its row makes it once.
import { cents, type Cents } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';

export type DisputedCharge = Readonly<{
  disputeId: string; movementId: string; paymentId: string; cardPaymentId: string; orderId: string; payerId: string;
  custodyAccountId: string; amount: Cents;
}>;
type Row = Omit<DisputedCharge, 'amount'> & { amount: bigint };
const centsOf = (rows: readonly Row[]): DisputedCharge[] => rows.map((row) => ({ ...row, amount: cents(row.amount) }));

/**
 * Money that was taken back of payments that issuance has told us of; the others wait until it does. A dispute is booked by its
 * first withdrawal: a further one is nobody's until a person has looked, and stops no reading.
 */
export async function unbookedWithdrawals(tx: Tx): Promise<DisputedCharge[]> {
  return centsOf(await tx.sql.$queryRaw<Row[]>`
    select distinct on (m.source_id) m.source_id as "disputeId", m.id as "movementId", c.payment_id as "paymentId", c.card_payment_id as "cardPaymentId",
      c.order_id as "orderId", c.payer_id as "payerId", c.bank_account_id as "custodyAccountId", -m.amount as amount
    from settlement.stripe_movement m join settlement.stripe_charge c on c.payment_id = m.payment_id
    where m.kind = 'dispute' and not exists (select from settlement.stripe_dispute d where d.id = m.source_id)
    order by m.source_id, m.moved_at, m.id`);
}

export async function unbookedReturns(tx: Tx): Promise<DisputedCharge[]> {
  return centsOf(await tx.sql.$queryRaw<Row[]>`
    select distinct on (d.id) d.id as "disputeId", m.id as "movementId", c.payment_id as "paymentId", c.card_payment_id as "cardPaymentId",
      c.order_id as "orderId", c.payer_id as "payerId", c.bank_account_id as "custodyAccountId", m.amount
    from settlement.stripe_movement m join settlement.stripe_dispute d on d.id = m.source_id
    join settlement.stripe_charge c on c.payment_id = d.payment_id
    where m.kind = 'dispute_reversal' and not exists (select from settlement.stripe_dispute_end e where e.dispute_id = d.id)
    order by d.id, m.moved_at, m.id`);
}

/** Booked, and neither won nor lost. At random where there are more, so that none is never asked for. */
export async function openDisputes(sql: Sql, rowsMax: number): Promise<DisputedCharge[]> {
  return centsOf(await sql.$queryRaw<Row[]>`
    select d.id as "disputeId", d.movement_id as "movementId", c.payment_id as "paymentId", c.card_payment_id as "cardPaymentId",
      c.order_id as "orderId", c.payer_id as "payerId", c.bank_account_id as "custodyAccountId", d.amount
    from settlement.stripe_dispute d join settlement.stripe_charge c on c.payment_id = d.payment_id
    where not exists (select from settlement.stripe_dispute_end e where e.dispute_id = d.id)
    order by random() limit ${rowsMax}::int`);
}

export async function insertDispute(tx: Tx, { disputeId, movementId, paymentId, amount }: DisputedCharge, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.stripe_dispute (id, movement_id, payment_id, amount, currency, event_id, booked_at)
    values (${disputeId}, ${movementId}, ${paymentId}, ${amount}, 'EUR', ${eventId}::uuid, ${tx.now})`;
}

export type DisputeEnd = Readonly<{ disputeId: string; outcome: 'won' | 'lost'; movementId: string | null; amount: Cents }>;

export async function isEnded(tx: Tx, disputeId: string): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ ended: boolean }[]>`
    select exists (select from settlement.stripe_dispute_end where dispute_id = ${disputeId}) as ended`;
  return row!.ended;
}

export async function insertDisputeEnd(tx: Tx, { disputeId, outcome, movementId, amount }: DisputeEnd, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.stripe_dispute_end (dispute_id, outcome, movement_id, amount, currency, event_id, ended_at)
    values (${disputeId}, ${outcome}, ${movementId}, ${amount}, 'EUR', ${eventId}::uuid, ${tx.now})`;
}
