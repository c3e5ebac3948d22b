// Has Stripe give back to cards what issuance ordered: intent, call, outcome, each in a transaction of its own. Killed at any
// point, the next one asks first what became of the refund: a key of Stripe is forgotten after a day, our row is not.
import { Injectable } from '@nestjs/common';
import { assert, type RefundId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { STRIPE_REFUNDS_MAX } from '../limits.js';
import { standingStop } from '../payout-stops/payout-stop.store.js';
import { SettlementWork } from '../settlement.work.js';
import { StripeDesk } from '../stripe-desk.js';
import { settleRefund } from './settle-refund.js';
import { noteAsked, waitingRefunds, type AskedRefund } from './stripe-refund.store.js';

@Injectable()
export class Refunder {
  private announce: () => void = () => undefined;

  constructor(private readonly work: SettlementWork, private readonly desk: StripeDesk) {}

  /** A refund is there. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  /** One that fails does not hold up the others; it is asked for again at the next call. */
  async refundWaiting(failed: (refundId: RefundId, error: unknown) => void): Promise<void> {
    if (!this.desk.open) return;
    for (const refund of await waitingRefunds(this.work.client, STRIPE_REFUNDS_MAX)) {
      // What was asked for already is settled by Stripe's balance; nothing new leaves, also of those that wait behind the first.
      if (await standingStop(this.work.client)) return;
      try {
        await this.refund(refund);
      } catch (error) {
        failed(refund.refundId, error);
      }
    }
  }

  private async refund({ refundId, paymentId, amount }: AskedRefund): Promise<void> {
    const { payments } = this.desk.open!;
    await this.inTransaction(refundId, (tx) => noteAsked(tx, refundId));
    const says = await payments.findRefund({ paymentId, refundId })
      ?? await payments.refund({ paymentId, refundId, amountCents: amount, idempotencyKey: refundId });
    // Not a no of Stripe's but a mistake of ours: whether money left is not known, so nobody else may pay it.
    assert(says.kind !== 'rejected' || says.code !== 'idempotency_key_reused', `refund ${refundId} was asked for in two ways`);
    await this.inTransaction(refundId, (tx) => settleRefund(tx, refundId, says));
  }

  private inTransaction(refundId: RefundId, work: (tx: Tx) => Promise<void>) {
    return this.work.once({ kind: 'process', name: 'refunder', correlationId: `refund:${refundId}` }, work);
  }
}
