import type { BankCreditReleasedV1, BodyOf, RefundRequestedV1 } from '#libs/contracts';
import type { PayeeId, PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import { payeeOfBody } from '../payees/payee.store.js';
import type { ListedRefund, ListRefunds } from './refunds.commands.js';

/**
 * The payee that a payer is: the one that has its siren already, for a council may have places of its own, or a new one,
 * complete from the start by the payer's registration.
 */
export async function payeeOfPayer(tx: Tx, payer: Readonly<{ payerId: PayerId; legalName: string; siren: string }>): Promise<PayeeId> {
  const [known] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select payee_id as "payeeId" from settlement.payee_payer where payer_id = ${payer.payerId}::uuid`;
  if (known) return known.payeeId;
  const { payeeId } = await payeeOfBody(tx, payer);
  await tx.sql.$executeRaw`
    insert into settlement.payee_payer (payer_id, payee_id, since) values (${payer.payerId}::uuid, ${payeeId}::uuid, ${tx.now})`;
  return payeeId;
}

export type NewRefund = BodyOf<typeof RefundRequestedV1> & Readonly<{ payeeId: PayeeId; eventId: string }>;

export async function insertRefund(tx: Tx, refund: NewRefund): Promise<void> {
  const { refundId, payerId, payeeId, custodyAccountId, amountCents, currency, eventId, way, originalPayment } = refund;
  await tx.sql.$executeRaw`
    insert into settlement.refund (id, payer_id, payee_id, custody_account_id, amount, currency, event_id, taken_at, way, stripe_payment_id)
    values (${refundId}::uuid, ${payerId}::uuid, ${payeeId}::uuid, ${custodyAccountId}::uuid, ${amountCents}::bigint, ${currency},
      ${eventId}::uuid, ${tx.now}, ${way}, ${originalPayment ?? null})`;
}

export type ReleasedCredit = BodyOf<typeof BankCreditReleasedV1> & Readonly<{ payeeId: PayeeId; eventId: string }>;

export async function insertReleasedCredit(tx: Tx, release: ReleasedCredit): Promise<void> {
  const { releaseId, bankLineId, payeeId, custodyAccountId, amountCents, currency, eventId } = release;
  await tx.sql.$executeRaw`
    insert into settlement.refund (id, bank_line_id, payee_id, custody_account_id, amount, currency, event_id, taken_at)
    values (${releaseId}::uuid, ${bankLineId}::uuid, ${payeeId}::uuid, ${custodyAccountId}::uuid, ${amountCents}::bigint, ${currency},
      ${eventId}::uuid, ${tx.now})`;
}

export const listRefunds = (sql: Sql, { before, rowsMax, payerId }: ListRefunds['page']): Promise<ListedRefund[]> => sql.$queryRaw<ListedRefund[]>`
  select f.id, f.payer_id as "payerId", f.bank_line_id as "bankLineId", f.payee_id as "payeeId", p.legal_name as "legalName", f.custody_account_id as "bankAccountId",
    f.amount, f.taken_at as "takenAt", f.way, coalesce(paying.state, case when disputed.refund_id is not null then 'disputed'
      when s.state in ('asked', 'refunded') then s.state else 'owed' end) as state,
    case when account.blocked_at is not null then 'blocked' when account.approved_at is not null then 'approved'
         when account.version is not null then 'proposed' else 'none' end as "bankState"
  from settlement.refund f join settlement.payee p on p.id = f.payee_id
  left join settlement.stripe_refund s on s.refund_id = f.id
  left join settlement.disputed_refund disputed on disputed.refund_id = f.id
  left join lateral (
    select t.state from settlement.payment_refund pf join settlement.payment t on t.id = pf.payment_id
    where pf.refund_id = f.id and pf.live limit 1) paying on true
  left join lateral (
    select version, approved_at, blocked_at from settlement.payee_bank_account
    where payee_id = f.payee_id order by approved_at is not null desc, version desc limit 1) account on true
  where (${before}::uuid is null or f.id < ${before}::uuid) and (${payerId}::uuid is null or f.payer_id = ${payerId}::uuid)
  order by f.id desc limit ${rowsMax}::int`;
