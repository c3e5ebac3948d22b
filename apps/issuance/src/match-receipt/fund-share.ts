import { ReceiptMatchedV1 } from '#libs/contracts';
import { toWire, type BankLineId } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { actorOf } from '../issuance.work.js';
import { addFunded, type Order } from '../order.store.js';
import { insertMatch } from '../receipt.store.js';
import type { MatchedPart } from './match-receipt.decision.js';

/** A part of a credit becomes cover of one payer of a locked order: row 3, from `unmatched` to that payer's prefund. */
export async function fundShare(tx: Tx, bankLineId: BankLineId, order: Order, { payerId, amount }: MatchedPart): Promise<void> {
  const { orderId, programmeId, custodyAccountId } = order;
  const eventId = await tx.emit(ReceiptMatchedV1, {
    subject: `order:${orderId}`,
    body: {
      bankLineId, orderId, amountCents: toWire(amount), currency: 'EUR', shares: [{ payerId, amountCents: toWire(amount) }],
    },
    posting: {
      rule: '3', custodyAccountId,
      transfers: [transfer(accounts.issuance.unmatched, accounts.issuance.prefund(programmeId, payerId), amount)],
    },
  });
  await addFunded(tx, orderId, payerId, amount);
  await insertMatch(tx, { bankLineId, orderId, payerId, amount, eventId }, actorOf(tx));
}
