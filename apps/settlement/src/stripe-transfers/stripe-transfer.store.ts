// What released payments ask of Stripe. The row is written with the release and before any call, so that none is forgotten, and who is
// about to call says so first, so that no two call at once.
import { cents, type BankAccountId, type Cents, type DestinationId, type PayeeId, type PaymentId, type StatementId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { RunId } from '../settlement-runs/settlement-runs.commands.js';
import type { StripeFunds } from './stripe-funds.decision.js';
import type { TransferState } from './transfer-outcome.decision.js';

export async function askTransfers(tx: Tx, runId: RunId): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.stripe_transfer (payment_id, destination, amount, currency, released_at)
    select p.id, d.stripe_account_id, p.amount, 'EUR', ${tx.now}
    from settlement.payment p join settlement.payee_destination d on d.id = p.payee_destination_id where p.run_id = ${runId}::uuid`;
}

/** Of which nothing is known yet, and nobody is asking Stripe: what was tried least comes first. */
export async function waitingTransfers(sql: Sql, now: Date | null, rowsMax: number): Promise<PaymentId[]> {
  const rows = await sql.$queryRaw<{ paymentId: PaymentId }[]>`
    select payment_id as "paymentId" from settlement.stripe_transfer
    where state = 'asked' and (claimed_until is null or claimed_until <= coalesce(${now}, clock_timestamp()))
    order by tries, payment_id limit ${rowsMax}::int`;
  return rows.map(({ paymentId }) => paymentId);
}

export type ClaimedTransfer = Readonly<{ paymentId: PaymentId; destination: string; amount: Cents; group: string; text: string }>;
type ClaimedRow = Omit<ClaimedTransfer, 'amount' | 'text'> & { line: { description: string } } & { amount: bigint };

/** Undefined when another one has it, or it is settled. The text is that of the line which was approved. */
export async function claimTransfer(tx: Tx, paymentId: PaymentId, claimMs: number): Promise<ClaimedTransfer | undefined> {
  const [row] = await tx.sql.$queryRaw<ClaimedRow[]>`
    with claimed as (
      update settlement.stripe_transfer set tries = tries + 1, first_called_at = coalesce(first_called_at, ${tx.now}),
        claimed_until = ${tx.now}::timestamptz + ${claimMs}::int * interval '1 millisecond'
      where payment_id = ${paymentId}::uuid and state = 'asked' and (claimed_until is null or claimed_until <= ${tx.now})
      returning payment_id, destination, amount)
    select c.payment_id as "paymentId", c.destination, c.amount, r.message_id as "group",
      (select line::jsonb from regexp_split_to_table(convert_from(f.bytes, 'UTF8'), E'\n') as line
        where line <> '' and line::jsonb #>> '{metadata,payment_id}' = c.payment_id::text) as line
    from claimed c join settlement.payment p on p.id = c.payment_id join settlement.settlement_run r on r.id = p.run_id
    join settlement.payment_file f on f.run_id = r.id`;
  if (!row) return undefined;
  const { line, amount, ...transfer } = row;
  return { ...transfer, amount: cents(amount), text: line.description };
}

export type LockedTransfer = Readonly<{
  paymentId: PaymentId; destination: string; amount: Cents; state: TransferState; stripeTransferId: string | null;
  payeeId: PayeeId; destinationId: DestinationId; version: number; custodyAccountId: BankAccountId; statementIds: readonly StatementId[];
}>;

export async function lockTransfer(tx: Tx, paymentId: PaymentId): Promise<LockedTransfer> {
  await tx.sql.$executeRaw`select 1 from settlement.stripe_transfer where payment_id = ${paymentId}::uuid for update`;
  const [row] = await tx.sql.$queryRaw<(Omit<LockedTransfer, 'amount'> & { amount: bigint })[]>`
    select t.payment_id as "paymentId", t.destination, t.amount, t.state, t.stripe_transfer_id as "stripeTransferId", p.payee_id as "payeeId",
      d.id as "destinationId", d.version, r.bank_account_id as "custodyAccountId",
      array(select ps.statement_id::text from settlement.payment_statement ps where ps.payment_id = p.id order by ps.statement_id) as "statementIds"
    from settlement.stripe_transfer t join settlement.payment p on p.id = t.payment_id join settlement.settlement_run r on r.id = p.run_id
    join settlement.payee_destination d on d.id = p.payee_destination_id where t.payment_id = ${paymentId}::uuid`;
  return { ...row!, amount: cents(row!.amount) };
}

type Sent = Readonly<{ transferId: string; movementId: string | null; eventId: string }>;

export async function markSent(tx: Tx, paymentId: PaymentId, sent: Sent): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.stripe_transfer set state = 'sent', stripe_transfer_id = ${sent.transferId}, movement_id = ${sent.movementId},
      sent_event_id = ${sent.eventId}::uuid, sent_at = ${tx.now} where payment_id = ${paymentId}::uuid`;
  await tx.sql.$executeRaw`update settlement.payment set state = 'booked' where id = ${paymentId}::uuid`;
}

export async function markRefused(tx: Tx, paymentId: PaymentId, reasonCode: string, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.stripe_transfer set state = 'refused', reason_code = ${reasonCode}, refused_event_id = ${eventId}::uuid, refused_at = ${tx.now}
    where payment_id = ${paymentId}::uuid`;
  await tx.sql.$executeRaw`update settlement.payment set state = 'rejected' where id = ${paymentId}::uuid`;
}

export async function markReversed(tx: Tx, paymentId: PaymentId, movementId: string, eventId: string): Promise<void> {
  await tx.sql.$executeRaw`
    update settlement.stripe_transfer set state = 'reversed', reversal_movement_id = ${movementId}, reversed_event_id = ${eventId}::uuid,
      reversed_at = ${tx.now} where payment_id = ${paymentId}::uuid`;
  await tx.sql.$executeRaw`update settlement.payment set state = 'returned' where id = ${paymentId}::uuid`;
}

export type Reversal = Readonly<{ paymentId: PaymentId; movementId: string }>;

/** Transfers that Stripe's list shows in the balance again, in one piece; a part of one is nobody's until a person has looked. */
export const unbookedReversals = (tx: Tx): Promise<Reversal[]> => tx.sql.$queryRaw<Reversal[]>`
  select distinct on (t.payment_id) t.payment_id as "paymentId", m.id as "movementId"
  from settlement.stripe_transfer t join settlement.stripe_movement m on m.transfer_id = t.stripe_transfer_id
  where t.state = 'sent' and m.kind = 'transfer_reversal' and m.amount = t.amount order by t.payment_id, m.moved_at, m.id`;

/** Of the one Stripe account, with what is promised out of it. */
export async function stripeFunds(tx: Tx): Promise<StripeFunds> {
  const [row] = await tx.sql.$queryRaw<StripeFunds[]>`
    with refunds as (
      select f.amount, coalesce(s.state, 'asked') as state,
        exists (select from settlement.stripe_movement m where m.kind = 'refund' and m.source_id = s.stripe_refund_id) as listed
      from settlement.refund f left join settlement.stripe_refund s on s.refund_id = f.id where f.way = 'stripe'),
    transfers as (
      select t.amount, t.state, exists (select from settlement.stripe_movement m where m.kind = 'transfer' and m.transfer_id = t.stripe_transfer_id) as listed
      from settlement.stripe_transfer t where t.state in ('asked', 'sent'))
    select
      (select coalesce(sum(net) filter (where net < 0 or coalesce(available_at, moved_at) <= ${tx.now}), 0)::bigint from settlement.stripe_movement) as listed,
      (select coalesce(sum(case when debit = 'psp' then amount else -amount end), 0)::bigint from settlement.transfer where 'psp' in (debit, credit)) as ledger,
      (select coalesce(sum(amount), 0)::bigint from (select amount from refunds where state = 'asked'
        union all select amount from transfers where state = 'asked') o) as ordered,
      (select coalesce(sum(amount), 0)::bigint from (select amount from refunds where state = 'refunded' and not listed
        union all select amount from transfers where state = 'sent' and not listed) u) as unlisted`;
  return row!;
}
