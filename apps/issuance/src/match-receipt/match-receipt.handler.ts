import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isOrderReference } from '#libs/contracts';
import { cents, idOf, isRejected, toWire, type Rejected } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import { lockByName } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder, lockOrdersByReference } from '../order.store.js';
import { insertReceipt, openReceipt } from '../receipt.store.js';
import { fundOrder } from './fund-order.js';
import { MatchByHand, TakeCredit, type MatchedByHand } from './match-receipt.command.js';
import { decideMatch, decideMatchByHand } from './match-receipt.decision.js';

@CommandHandler(TakeCredit)
export class TakeCreditHandler implements ICommandHandler<TakeCredit> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ credit, eventId, meta }: TakeCredit): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const { custodyAccountId, bookedOn, references, endToEndId, debtorMac } = credit;
      const [bankLineId, amount] = [idOf('bankLine', credit.bankLineId), cents(credit.amountCents)];
      const named = await lockOrdersByReference(tx, references.map(asTyped).filter(isOrderReference));
      const { outcome, parts } = decideMatch({ custodyAccountId, left: amount }, named);

      await insertReceipt(tx, {
        bankLineId, eventId, custodyAccountId, bookedOn, amount, references, endToEndId, debtorMac, outcome,
      });
      await tx.postTaken({
        rule: '2', custodyAccountId,
        transfers: [transfer(accounts.clearing('settlement'), accounts.issuance.unmatched, amount)],
      });
      for (const part of parts) {
        await fundOrder(tx, bankLineId, named.find(({ orderId }) => orderId === part.orderId)!, part.amount);
      }
    });
  }
}

/** Banks print a creditor reference in groups of four, and some forms take small letters. */
const asTyped = (reference: string): string => reference.replace(/\s/g, '').toUpperCase();

@CommandHandler(MatchByHand)
export class MatchByHandHandler implements ICommandHandler<MatchByHand> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ bankLineId, orderId, meta }: MatchByHand) {
    return this.work.once<MatchedByHand | Rejected>(meta, async (tx) => {
      await lockByName(tx, `receipt:${bankLineId}`);
      const receipt = await openReceipt(tx, bankLineId);
      const order = await lockOrder(tx, orderId);
      const alreadyMatched = receipt?.matchedOrders.includes(orderId) ?? false;
      const part = decideMatchByHand(receipt, order && { ...order, alreadyMatched });
      if (isRejected(part)) return part;

      await fundOrder(tx, bankLineId, order!, part.amount);
      return { bankLineId, orderId, amountCents: toWire(part.amount), currency: 'EUR' };
    });
  }
}
