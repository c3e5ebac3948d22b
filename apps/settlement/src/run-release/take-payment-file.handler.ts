import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { standingStop } from '../payout-stops/payout-stop.store.js';
import { SettlementWork } from '../settlement.work.js';
import { markDownload, readFile } from './payment-file.store.js';
import { TakePaymentFile, type TakenFile } from './take-payment-file.command.js';

@CommandHandler(TakePaymentFile)
export class TakePaymentFileHandler implements ICommandHandler<TakePaymentFile> {
  constructor(private readonly work: SettlementWork) {}

  execute({ runId, by }: TakePaymentFile) {
    const origin = { actor: { kind: 'user' as const, id: by.userId }, correlationId: by.correlationId, causationId: null };
    return this.work.transaction<TakenFile | Rejected>(origin, async (tx) => {
      const file = await readFile(tx, runId);
      if (!file) return reject('run_unknown');
      if (file.state !== 'released') return reject('run_not_released', { state: file.state });
      const { rail, bytes, sha256, messageId } = file;
      // Released before the books were found broken: with the file its money would leave all the same. Stripe's list moves nothing.
      const stop = rail === 'sepa' ? await standingStop(tx.sql) : undefined;
      if (stop) return reject('payouts_stopped', { invariant: stop.invariant, stops: stop.count, stopId: stop.stopId });
      return { rail, bytes, sha256, messageId, downloads: await markDownload(tx, runId) };
    });
  }
}
