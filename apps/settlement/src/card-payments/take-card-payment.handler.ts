import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cents } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import { SettlementWork } from '../settlement.work.js';
import { bookDisputes } from '../stripe-disputes/book-disputes.js';
import { insertStripeCharge } from './stripe-charge.store.js';
import { TakeCardPayment } from './take-card-payment.command.js';

/** Row 4, this side: the gross is in the balance at Stripe. Its fee is posted when Stripe's list shows it, before or after. */
@CommandHandler(TakeCardPayment)
export class TakeCardPaymentHandler implements ICommandHandler<TakeCardPayment> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ fact, eventId, meta }: TakeCardPayment): Promise<void> {
    await this.work.once(meta, async (tx) => {
      await insertStripeCharge(tx, fact, eventId);
      await tx.postTaken({
        rule: '4', custodyAccountId: fact.custodyAccountId,
        transfers: [transfer(accounts.settlement.psp, accounts.clearing('issuance'), cents(fact.amountCents))],
      });
      // Stripe may have taken it back before this message came.
      await bookDisputes(tx);
    });
  }
}
