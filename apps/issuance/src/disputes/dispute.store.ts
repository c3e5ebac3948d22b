// Disputed payments: what the payer owes, and what was taken back of it at once.
import type { BatchFrozenV1, BodyOf, PaymentDisputeClosedV1, PaymentDisputedV1 } from '#libs/contracts';
import { cents, type CardPaymentId, type Cents, type OrderId, type PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { owedOf } from './dispute.decision.js';
import type { DisputeFilter, ShownDispute } from './disputes.commands.js';

type Moved = Readonly<{ cover: Cents; excess: Cents }>;
/** `restEventId`: under which it was posted; null where nothing moved. */
type Booked = Moved & Readonly<{ restEventId: string | null }>;

/**
 * What a payment became, less what earlier disputes of it took back and have not given again. Settlement tells of payments
 * that we told it of, so the receipt is there.
 */
export async function receiptOf(tx: Tx, cardPaymentId: CardPaymentId): Promise<Moved> {
  const [row] = await tx.sql.$queryRaw<{ cover: bigint; excess: bigint }[]>`
    select (r.cover_cents - coalesce(sum(d.cover_back_cents - coalesce(e.cover_again_cents, 0)), 0))::bigint as cover,
      (r.excess_cents - coalesce(sum(d.excess_back_cents - coalesce(e.excess_again_cents, 0)), 0))::bigint as excess
    from issuance.card_receipt r left join issuance.dispute d on d.card_payment_id = r.card_payment_id
    left join issuance.dispute_end e on e.dispute_id = d.id
    where r.card_payment_id = ${cardPaymentId}::uuid group by r.card_payment_id`;
  return { cover: cents(row!.cover), excess: cents(row!.excess) };
}

/** Of what was paid for the share: what its order gave back when it was cancelled. */
export async function givenBackOf(tx: Tx, orderId: OrderId, payerId: PayerId): Promise<Cents> {
  const [row] = await tx.sql.$queryRaw<{ amount: bigint }[]>`
    select coalesce(sum(c.back_cents), 0)::bigint as amount from issuance.order_cancellation_share c
    where c.order_id = ${orderId}::uuid and c.payer_id = ${payerId}::uuid`;
  return cents(row!.amount);
}

export async function activatedOf(tx: Tx, orderId: OrderId, payerId: PayerId): Promise<Cents> {
  const [row] = await tx.sql.$queryRaw<{ amount: bigint }[]>`
    select coalesce(sum(s.amount_cents), 0)::bigint as amount from issuance.activation_share s
    join issuance.activation a on a.id = s.activation_id join issuance.batch b on b.id = a.batch_id
    where b.order_id = ${orderId}::uuid and s.payer_id = ${payerId}::uuid`;
  return cents(row!.amount);
}

export async function unmatchedBalance(tx: Tx): Promise<Cents> {
  const [row] = await tx.sql.$queryRaw<{ balance: bigint }[]>`
    select coalesce(sum(balance), 0)::bigint as balance from issuance.guarded_balance where account = 'unmatched'`;
  return cents(row!.balance);
}

export async function insertDispute(tx: Tx, dispute: BodyOf<typeof PaymentDisputedV1>, back: Booked, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.dispute (id, card_payment_id, order_id, payer_id, amount_cents, cover_back_cents, excess_back_cents, currency,
      event_id, rest_event_id, taken_at)
    values (${dispute.disputeId}, ${dispute.cardPaymentId}::uuid, ${dispute.orderId}::uuid, ${dispute.payerId}::uuid,
      ${dispute.amountCents}::bigint, ${back.cover}, ${back.excess}, 'EUR', ${eventId}::uuid, ${back.restEventId}::uuid, ${tx.now})`;
}

export async function insertDisputeEnd(tx: Tx, end: BodyOf<typeof PaymentDisputeClosedV1>, again: Booked, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.dispute_end (dispute_id, outcome, amount_cents, cover_again_cents, excess_again_cents, currency, event_id, rest_event_id, taken_at)
    values (${end.disputeId}, ${end.outcome}, ${end.amountCents}::bigint, ${again.cover}, ${again.excess}, 'EUR', ${eventId}::uuid, ${again.restEventId}::uuid, ${tx.now})`;
}

export async function isWon(tx: Tx, disputeId: string): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ won: boolean }[]>`
    select exists (select from issuance.dispute_end where dispute_id = ${disputeId} and outcome = 'won') as won`;
  return row!.won;
}

export async function disputeOf(tx: Tx, disputeId: string): Promise<Readonly<{ takenBack: Cents }> | undefined> {
  const [row] = await tx.sql.$queryRaw<{ takenBack: bigint }[]>`
    select cover_back_cents + excess_back_cents as "takenBack" from issuance.dispute where id = ${disputeId}`;
  return row && { takenBack: cents(row.takenBack) };
}

export async function insertFrozenBatch(tx: Tx, frozen: BodyOf<typeof BatchFrozenV1>, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.frozen_batch (batch_id, dispute_id, left_cents, currency, event_id, taken_at)
    values (${frozen.batchId}::uuid, ${frozen.disputeId}, ${frozen.leftCents}::bigint, 'EUR', ${eventId}::uuid, ${tx.now})`;
}

export async function hasOpenDispute(tx: Tx, orderId: OrderId): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ open: boolean }[]>`
    select exists (select from issuance.dispute d where d.order_id = ${orderId}::uuid
      and not exists (select from issuance.dispute_end e where e.dispute_id = d.id)) as open`;
  return row!.open;
}

type DebtRow = Readonly<{ payerId: PayerId } & Record<'disputed' | 'takenBack' | 'wonBack' | 'givenAgain' | 'expired', bigint>>;

/** What each payer owes of its disputed payments of the order, if anything; read under the order's lock. */
export async function debtsOf(tx: Tx, orderId: OrderId): Promise<ReadonlyMap<PayerId, Cents>> {
  const rows = await tx.sql.$queryRaw<DebtRow[]>`
    select d.payer_id as "payerId", sum(d.amount_cents)::bigint as disputed,
      sum(d.cover_back_cents + d.excess_back_cents)::bigint as "takenBack", coalesce(sum(e.amount_cents), 0)::bigint as "wonBack",
      coalesce(sum(e.cover_again_cents + e.excess_again_cents), 0)::bigint as "givenAgain",
      (select coalesce(sum(x.amount_cents), 0)::bigint from issuance.expired_for_debt x
        join issuance.contradictory_statement c on c.id = x.statement_id
        where c.order_id = ${orderId}::uuid and x.payer_id = d.payer_id) as expired
    from issuance.dispute d left join issuance.dispute_end e on e.dispute_id = d.id
    where d.order_id = ${orderId}::uuid group by d.payer_id`;
  return new Map(rows.map(({ payerId, ...debt }) => [payerId, owedOf({
    disputed: cents(debt.disputed), takenBack: cents(debt.takenBack), wonBack: cents(debt.wonBack), givenAgain: cents(debt.givenAgain),
    expired: cents(debt.expired),
  })]));
}

type ShownRow = Omit<ShownDispute, 'amount' | 'takenBack' | 'wonBack' | 'frozen' | 'payerOwes'>
  & Record<'amount' | 'back' | 'again' | 'wonBack' | 'frozen' | 'payerOwes', bigint>;

/** Newest first; a payer's own, or all. `before` is a dispute's id. */
export async function listDisputes(sql: Sql, { payerId, orderId, before, rowsMax }: DisputeFilter): Promise<ShownDispute[]> {
  const rows = await sql.$queryRaw<ShownRow[]>`
    select d.id as "disputeId", d.card_payment_id as "cardPaymentId", d.order_id as "orderId", d.payer_id as "payerId",
      d.amount_cents as amount, d.cover_back_cents + d.excess_back_cents as back,
      coalesce(e.cover_again_cents + e.excess_again_cents, 0)::bigint as again, coalesce(e.amount_cents, 0)::bigint as "wonBack",
      e.outcome, d.taken_at as "takenAt", e.taken_at as "endedAt",
      (select coalesce(sum(f.left_cents), 0)::bigint from issuance.frozen_batch f where f.dispute_id = d.id) as frozen,
      (select coalesce(sum(case when t.debit = 'receivable:' || d.payer_id then t.amount else -t.amount end), 0)::bigint
        from issuance.transfer t where 'receivable:' || d.payer_id in (t.debit, t.credit)) as "payerOwes"
    from issuance.dispute d left join issuance.dispute_end e on e.dispute_id = d.id
    where (${payerId}::uuid is null or d.payer_id = ${payerId}::uuid) and (${orderId}::uuid is null or d.order_id = ${orderId}::uuid)
      and (${before}::text is null or (d.taken_at, d.id) < (select b.taken_at, b.id from issuance.dispute b where b.id = ${before}))
    order by d.taken_at desc, d.id desc limit ${rowsMax}::int`;
  return rows.map(({ back, again, ...row }) => ({
    ...row, amount: cents(row.amount), takenBack: cents(back - again), wonBack: cents(row.wonBack), frozen: cents(row.frozen),
    payerOwes: cents(row.payerOwes),
  }));
}
