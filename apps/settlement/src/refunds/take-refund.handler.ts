import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { cents, idOf } from '#libs/kernel';
import { accounts, transfer } from '#libs/ledger';
import { lockByName } from '../database.store.js';
import { SettlementWork } from '../settlement.work.js';
import { Refunder } from '../stripe-refunds/refunder.js';
import { insertRefund, payeeOfPayer } from './refund.store.js';
import { TakeRefund } from './refunds.commands.js';

@CommandHandler(TakeRefund)
export class TakeRefundHandler implements ICommandHandler<TakeRefund> {
  constructor(private readonly work: SettlementWork, private readonly refunder: Refunder) {}

  /** Row 26, our half. The payer becomes a payee, whose bank account two people enter and check like a place's. */
  async execute({ refund, eventId, meta }: TakeRefund): Promise<void> {
    await this.work.once(meta, async (tx) => {
      const payerId = idOf('payer', refund.payerId);
      // As when a place's legal body is named: one payee per siren, whoever comes first.
      await lockByName(tx, `siren ${refund.payerSiren}`);
      const payeeId = await payeeOfPayer(tx, { payerId, legalName: refund.payerName, siren: refund.payerSiren });
      await insertRefund(tx, { ...refund, payeeId, eventId });
      await tx.postTaken({
        rule: '26', custodyAccountId: refund.custodyAccountId,
        transfers: [transfer(accounts.clearing('issuance'), accounts.settlement.refundPayable(payerId), cents(refund.amountCents))],
      });
    });
    // Not committed yet: what this look misses, the next one finds.
    if (refund.way === 'stripe') this.refunder.wake();
  }
}
