import { ReceiptMatchedV1 } from '#libs/contracts';
import { plus, toWire, type BankLineId, type Cents } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { actorOf } from '../issuance.work.js';
import { sharesBetween } from '../order-share.decision.js';
import { addFunded, type Order } from '../order.store.js';
import { insertMatch } from '../receipt.store.js';

/** A part of a credit becomes cover of a locked order: row 3, from `unmatched` to each payer's prefund. */
export async function fundOrder(tx: Tx, bankLineId: BankLineId, order: Order, amount: Cents): Promise<void> {
  const { orderId, programmeId, custodyAccountId, funded } = order;
  const shares = sharesBetween(order, funded, plus(funded, amount));
  // In the order of payer ids, so that two postings lock the balances of the same payers in one order.
  const inLockOrder = [...shares].sort((a, b) => (a.payerId < b.payerId ? -1 : 1));
  const eventId = await tx.emit(ReceiptMatchedV1, {
    subject: `order:${orderId}`,
    body: {
      bankLineId, orderId, amountCents: toWire(amount), currency: 'EUR',
      shares: shares.map((share) => ({ payerId: share.payerId, amountCents: toWire(share.amount) })),
    },
    posting: {
      rule: '3', custodyAccountId,
      transfers: inLockOrder.map((share) =>
        transfer(accounts.issuance.unmatched, accounts.issuance.prefund(programmeId, share.payerId), share.amount)),
    },
  });
  await addFunded(tx, orderId, amount);
  await insertMatch(tx, { bankLineId, orderId, amount, eventId }, actorOf(tx));
}
