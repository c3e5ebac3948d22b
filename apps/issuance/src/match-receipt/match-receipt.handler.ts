import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isOrderReference } from '#libs/contracts';
import { cents, idOf, isRejected, localDate, reject, toWire, type Rejected } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { lockOrder, lockOrdersByReference, type Order } from '../order.store.js';
import { insertReceipt, openReceipt } from '../receipt.store.js';
import type { RefusalCode } from '../refusals.js';
import { fundShare } from './fund-share.js';
import { MatchByHand, TakeCredit, type HandMatchRequest, type MatchedByHand } from './match-receipt.command.js';
import { decideMatch, decideMatchByHand, namedShare, type HandMatch, type Match } from './match-receipt.decision.js';
import { lockSharesAsking, payersOfDebtor } from './open-share.store.js';
import { decidePayerMatch } from './payer-match.decision.js';

@CommandHandler(TakeCredit)
export class TakeCreditHandler implements ICommandHandler<TakeCredit> {
  constructor(private readonly work: IssuanceWork) {}

  async execute({ credit, eventId, meta }: TakeCredit): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const { custodyAccountId, bookedOn, references, endToEndId, debtorMac } = credit;
      const [bankLineId, amount] = [idOf('bankLine', credit.bankLineId), cents(credit.amountCents)];
      const typed = references.map(asTyped).filter(isOrderReference);
      const orders = await lockOrdersByReference(tx, typed);
      const byReference = decideMatch({ custodyAccountId, left: amount, references: typed }, orders);
      const match = references.length > 0 ? byReference : await matchByPayer(tx, credit) ?? byReference;

      await insertReceipt(tx, {
        bankLineId, eventId, custodyAccountId, bookedOn, amount, references, endToEndId, debtorMac, outcome: match.outcome,
      });
      await tx.postTaken({
        rule: '2', custodyAccountId,
        transfers: [transfer(accounts.clearing('settlement'), accounts.issuance.unmatched, amount)],
      });
      for (const part of match.parts) {
        const order = orders.find(({ orderId }) => orderId === part.orderId) ?? await lockOrder(tx, part.orderId);
        await fundShare(tx, bankLineId, order!, part);
      }
    });
  }
}

/** A credit that names nothing may still leave no doubt: its account, its amount and its day may be those of one share. */
async function matchByPayer(tx: Tx, { custodyAccountId, amountCents, bookedOn, debtorMac }: TakeCredit['credit']): Promise<Match | undefined> {
  const debtorPayers = debtorMac === null ? [] : await payersOfDebtor(tx.sql, debtorMac);
  const [payerId] = debtorPayers;
  if (payerId === undefined || debtorPayers.length > 1) return undefined;
  const left = cents(amountCents);
  const shares = await lockSharesAsking(tx, payerId, left);
  return decidePayerMatch({ custodyAccountId, left, bookedOn: localDate(bookedOn), debtorPayers }, shares);
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
      const part = decideMatchByHand(receipt, handMatch(order, request));
      if (isRejected(part)) return part;

      await fundShare(tx, bankLineId, order!, part);
      return { bankLineId, orderId, payerId: part.payerId, amountCents: toWire(part.amount), currency: 'EUR' };
    });
  }
}

function handMatch(order: Order | undefined, { payerId }: HandMatchRequest): HandMatch | Rejected<RefusalCode> {
  if (!order) return reject('order_not_found');
  const share = namedShare(order.shares, payerId);
  return isRejected(share) ? share : { order, share };
}
