import { ReceiptMatchedV1 } from '#libs/contracts';
import { toWire, type BankLineId } from '#libs/kernel';
import { accounts, transferIfAny } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { askedOf, partsOf } from '../due-share.decision.js';
import { actorOf } from '../issuance.work.js';
import { addFeePaid, addFunded, type Order } from '../order.store.js';
import { insertMatch } from '../receipt.store.js';
import type { MatchedPart } from './match-receipt.decision.js';

/**
 * A part of a credit pays the share of one payer of a locked order: row 3, from `unmatched` to that payer's prefund as far
 * as it owes face value, and to what it owes of fee and VAT with the rest.
 */
export async function fundShare(tx: Tx, bankLineId: BankLineId, order: Order, { payerId, amount }: MatchedPart): Promise<void> {
  const { orderId, programmeId, custodyAccountId } = order;
  const { cover, fee } = partsOf(askedOf(order.shares.find((share) => share.payerId === payerId)!, order.isCancelled), amount);
  const eventId = await tx.emit(ReceiptMatchedV1, {
    subject: `order:${orderId}`,
    body: {
      bankLineId, orderId, programmeId, custodyAccountId, amountCents: toWire(amount), feeCents: toWire(fee), currency: 'EUR',
      shares: [{ payerId, amountCents: toWire(amount) }],
    },
    posting: {
      rule: '3', custodyAccountId,
      transfers: [
        ...transferIfAny(accounts.issuance.unmatched, accounts.issuance.prefund(programmeId, payerId), cover),
        ...transferIfAny(accounts.issuance.unmatched, accounts.issuance.receivable(payerId), fee),
      ],
    },
  });
  if (cover > 0n) await addFunded(tx, orderId, payerId, cover);
  if (fee > 0n) await addFeePaid(tx, orderId, payerId, fee);
  await insertMatch(tx, { bankLineId, orderId, payerId, amount, fee, eventId }, actorOf(tx));
}
