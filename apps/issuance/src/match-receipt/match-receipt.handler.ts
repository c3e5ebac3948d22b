import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isOrderReference } from '#libs/contracts';
import { cents, idOf, isRejected, reject, toWire, type Rejected } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import { lockByName } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder, lockOrdersByReference, type Order } from '../order.store.js';
import { insertReceipt, openReceipt, type OpenReceipt } from '../receipt.store.js';
import type { RefusalCode } from '../refusals.js';
import { fundShare } from './fund-share.js';
import { MatchByHand, TakeCredit, type HandMatchRequest, type MatchedByHand } from './match-receipt.command.js';
import { decideMatch, decideMatchByHand, namedShare, type HandMatch } from './match-receipt.decision.js';

@CommandHandler(TakeCredit)
export class TakeCreditHandler implements ICommandHandler<TakeCredit> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ credit, eventId, meta }: TakeCredit): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const { custodyAccountId, bookedOn, references, endToEndId, debtorMac } = credit;
      const [bankLineId, amount] = [idOf('bankLine', credit.bankLineId), cents(credit.amountCents)];
      const typed = references.map(asTyped).filter(isOrderReference);
      const orders = await lockOrdersByReference(tx, typed);
      const { outcome, parts } = decideMatch({ custodyAccountId, left: amount, references: typed }, orders);

      await insertReceipt(tx, {
        bankLineId, eventId, custodyAccountId, bookedOn, amount, references, endToEndId, debtorMac, outcome,
      });
      await tx.postTaken({
        rule: '2', custodyAccountId,
        transfers: [transfer(accounts.clearing('settlement'), accounts.issuance.unmatched, amount)],
      });
      for (const part of parts) {
        await fundShare(tx, bankLineId, orders.find(({ orderId }) => orderId === part.orderId)!, part);
      }
    });
  }
}

/** Banks print a creditor reference in groups of four, and some forms take small letters. */
const asTyped = (reference: string): string => reference.replace(/\s/g, '').toUpperCase();

@CommandHandler(MatchByHand)
export class MatchByHandHandler implements ICommandHandler<MatchByHand> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ request, meta }: MatchByHand) {
    return this.work.once<MatchedByHand | Rejected>(meta, async (tx) => {
      const { bankLineId, orderId } = request;
      await lockByName(tx, `receipt:${bankLineId}`);
      const receipt = await openReceipt(tx, bankLineId);
      const order = await lockOrder(tx, orderId);
      const part = decideMatchByHand(receipt, handMatch(order, request, receipt));
      if (isRejected(part)) return part;

      await fundShare(tx, bankLineId, order!, part);
      return { bankLineId, orderId, payerId: part.payerId, amountCents: toWire(part.amount), currency: 'EUR' };
    });
  }
}

function handMatch(
  order: Order | undefined, { orderId, payerId }: HandMatchRequest, receipt: OpenReceipt | undefined,
): HandMatch | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  const share = namedShare(order.shares, payerId);
  if (isRejected(share)) return share;
  const alreadyMatched = receipt?.matched.some((one) => one.orderId === orderId && one.payerId === share.payerId) ?? false;
  return { order, share, alreadyMatched };
}
