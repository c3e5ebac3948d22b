// Has Stripe pay what runs released: intent, call, outcome, each in a transaction of its own, and a claim that keeps two from calling
// at once. Whoever calls has asked before what became of the transfer: a key of Stripe is forgotten after a day, the id in its metadata
// is not.
import { Injectable } from '@nestjs/common';
import type { PaymentId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { SentTransfer, TransferRefusal } from '#libs/stripe';
import { STRIPE_TRANSFERS_MAX, TRANSFER_CLAIM_MS } from '../limits.js';
import { standingStop } from '../payout-stops/payout-stop.store.js';
import { SettlementWork } from '../settlement.work.js';
import { StripeDesk } from '../stripe-desk.js';
import { settleTransfer } from './settle-transfer.js';
import { claimTransfer, waitingTransfers, type ClaimedTransfer } from './stripe-transfer.store.js';

@Injectable()
export class TransferSender {
  private announce: () => void = () => undefined;

  constructor(private readonly work: SettlementWork, private readonly desk: StripeDesk) {}

  /** A run was released. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  /** One that fails does not hold up the others; Stripe is asked about it once its claim is over. */
  async sendWaiting(failed: (paymentId: PaymentId, error: unknown) => void): Promise<void> {
    if (!this.desk.open) return;
    const waiting = await waitingTransfers(this.work.client, this.work.settings.clock.override(), STRIPE_TRANSFERS_MAX);
    let isWell = true;
    for (const paymentId of waiting) {
      try {
        await this.send(paymentId);
      } catch (error) {
        isWell = false;
        failed(paymentId, error);
      }
    }
    // The rest of a large run, but not one request after the other to a Stripe that does not answer.
    if (isWell && waiting.length === STRIPE_TRANSFERS_MAX) this.wake();
  }

  private async send(paymentId: PaymentId): Promise<void> {
    const claimedAt = performance.now();
    const claimed = await this.inTransaction(paymentId, (tx) => claimTransfer(tx, paymentId, TRANSFER_CLAIM_MS));
    if (!claimed) return;
    const says = await this.found(claimed) ?? await this.call(claimed, claimedAt);
    if (says) await this.inTransaction(paymentId, (tx) => settleTransfer(tx, paymentId, says));
  }

  /**
   * Asked before every call, the first one too: a database that was restored does not remember what it called. The oldest: a second one is
   * nobody's, and shows as unexplained.
   */
  private async found({ paymentId, destination, group }: ClaimedTransfer): Promise<SentTransfer | undefined> {
    return (await this.desk.open!.transfers.find({ paymentId, destination, group })).at(-1);
  }

  private async call(transfer: ClaimedTransfer, claimedAt: number): Promise<SentTransfer | TransferRefusal | undefined> {
    const { paymentId, destination, amount, group, text } = transfer;
    // Frozen since the claim: another one may have called meanwhile, and what was asked then is old. The next look asks again.
    if (performance.now() - claimedAt > TRANSFER_CLAIM_MS) return undefined;
    // Released before the books were found broken: it waits on its way, and is asked for once the stop is lifted.
    if (await standingStop(this.work.client)) return undefined;
    return this.desk.open!.transfers.send({ paymentId, destination, amountCents: amount, group, text, idempotencyKey: paymentId });
  }

  private inTransaction<T>(paymentId: PaymentId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.work.transaction({ actor: { kind: 'system', id: 'transfer-sender' }, correlationId: `payment:${paymentId}`, causationId: null }, work);
  }
}
