import type { BankCreditReleasedV1, BodyOf, RefundRequestedV1 } from '#libs/contracts';
import type { PayeeId, PayerId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { payeeOfBody } from '../payees/payee.store.js';

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
