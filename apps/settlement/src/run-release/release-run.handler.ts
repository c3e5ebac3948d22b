import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PaymentFileReleasedV1 } from '#libs/contracts';
import { isRejected, reject, sum, toWire, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { APPROVALS_NEEDED, UNUSUAL_APPROVALS_NEEDED } from '../limits.js';
import { lockStops, standingStop } from '../payout-stops/payout-stop.store.js';
import { SettlementWork } from '../settlement.work.js';
import { ReleaseRun, type RunMoved } from '../settlement-runs/settlement-runs.commands.js';
import { StripeDesk } from '../stripe-desk.js';
import { askTransfers, stripeFunds } from '../stripe-transfers/stripe-transfer.store.js';
import { TransferSender } from '../stripe-transfers/transfer-sender.js';
import { decideRelease } from './run.decision.js';
import { lockRun, markReleased } from './run.store.js';

/** The money of each payment moves to its transit account in the transaction that lets the file go, or that asks for the transfers. */
@CommandHandler(ReleaseRun)
export class ReleaseRunHandler implements ICommandHandler<ReleaseRun> {
  constructor(private readonly work: SettlementWork, private readonly desk: StripeDesk, private readonly sender: TransferSender) {}

  async execute({ request: { runId }, meta }: ReleaseRun): Promise<RunMoved | Rejected> {
    const outcome = await this.work.once<RunMoved | Rejected>(meta, async (tx) => {
      await lockByName(tx, 'settlement runs');
      const run = await lockRun(tx, runId);
      const funds = run?.rail === 'stripe' && this.desk.open ? await stripeFunds(tx) : undefined;
      const decided = decideRelease(run, { usual: APPROVALS_NEEDED, unusual: UNUSUAL_APPROVALS_NEEDED }, funds);
      if (isRejected(decided)) return decided;
      // One that is being set meanwhile is waited for: it stops this run, or comes after it.
      await lockStops(tx);
      const stop = await standingStop(tx.sql);
      if (stop) return reject('payouts_stopped', { invariant: stop.invariant, stops: stop.count, stopId: stop.stopId });
      const { rail, bankAccountId, sha256, payments, approvals } = run!;
      await markReleased(tx, runId);
      if (rail === 'stripe') await askTransfers(tx, runId);
      await tx.emit(PaymentFileReleasedV1, {
        subject: `settlementRun:${runId}`, posting: decided.posting,
        body: {
          fileId: runId, sha256, count: payments.length, amountCents: toWire(sum(payments.map(({ amount }) => amount))), currency: 'EUR',
          purpose: payments[0]!.purpose, custodyAccountId: bankAccountId, ...(rail === 'stripe' && { rail }),
          approvals: approvals.map(({ userId, sha256: seen, at, breakers }) => ({
            userId, sha256: seen, at: at.toISOString(), ...(breakers.length > 0 && { breakers: [...breakers] }),
          })),
        },
      });
      return { runId, state: 'released', approvals: approvals.length };
    });
    this.sender.wake();
    return outcome;
  }
}
