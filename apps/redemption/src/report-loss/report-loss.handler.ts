import { createHash } from 'node:crypto';
import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, idOf, isRejected, type Rejected } from '#libs/kernel';
import { encodeCrockford, Keyring } from '#libs/keys';
import { arrivalsWithin } from '../know-stock/known-stock.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { findVoucher } from '../look-up-voucher/found-voucher.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { stop } from '../stop-vouchers/stop.js';
import { unstoppedOf } from '../stop-vouchers/stop.store.js';
import { decideOwn } from '../stop-vouchers/stop-vouchers.decision.js';
import { findBatchByLabel, insertAnswer, keepReport, listReports, lockReport } from './loss-report.store.js';
import {
  AnswerLoss, ListLosses, ReportLoss, StopByCode, type AnsweredLoss, type LossReportView, type ReportedLoss, type StoppedByHolder,
} from './report-loss.command.js';
import { decideReported, decideStopByHolder, refuseAnswer } from './report-loss.decision.js';

/** Who has the code and nothing else: nobody knows more of the person, and nobody asks. */
const HOLDER = { kind: 'system', id: 'voucher-holder' } as const;
const REFERENCE_LENGTH = 8;

@CommandHandler(StopByCode)
export class StopByCodeHandler implements ICommandHandler<StopByCode> {
  constructor(private readonly work: RedemptionWork, private readonly keyring: Keyring) {}

  /** Without a key: a voucher that is stopped already says since when. Two at once are two stops of one voucher, which is one. */
  execute({ codeMacs, reason, correlationId }: StopByCode) {
    return this.work.once<StoppedByHolder | Rejected>({ kind: 'process', name: HOLDER.id, correlationId, actor: HOLDER }, async (tx) => {
      const found = await findVoucher(tx.sql, codeMacs, tx.now);
      const decided = decideStopByHolder(found?.voucher);
      if (isRejected(decided)) return decided;
      const { batchId, index, serialPermutationId } = found!;
      if (decided.kind === 'stop') await stop(tx, { batchId, reason, ranges: [{ first: index, last: index }] });
      return {
        serial: this.keyring.serials(serialPermutationId).serialOf(index), stoppedBefore: decided.kind === 'stopped_before',
        stoppedOn: decided.kind === 'stop' ? dayIn(OPERATOR_ZONE, tx.now) : decided.stoppedOn,
      };
    });
  }
}

@CommandHandler(ReportLoss)
export class ReportLossHandler implements ICommandHandler<ReportLoss> {
  constructor(private readonly work: RedemptionWork, private readonly keyring: Keyring) {}

  execute({ number, correlationId }: ReportLoss) {
    return this.work.once<ReportedLoss | Rejected>({ kind: 'process', name: HOLDER.id, correlationId, actor: HOLDER }, async (tx) => {
      const batch = await findBatchByLabel(tx, 'serial' in number ? number.serial.label : number.booklet.label);
      const place = !batch ? -1 : 'serial' in number
        ? this.keyring.serials(batch.serialPermutationId).indexOf(number.serial.number) : number.booklet.booklet - 1;
      const decided = decideReported(batch, { kind: 'serial' in number ? 'voucher' : 'booklet', place });
      if (isRejected(decided)) return decided;
      const { batchId } = batch!;
      // Of a booklet that came apart, whoever had its first voucher: they see the whole of it.
      const [last] = await arrivalsWithin(tx, batchId, [{ first: decided.range.first, last: decided.range.first }]);
      const reportId = idOf('lossReport', tx.newId());
      return keepReport(tx, {
        reportId, reference: referenceOf(reportId), batchId, ...decided.range, distributorId: last?.distributorId ?? null,
        number: 'serial' in number ? number.serial.serial : number.number,
      });
    });
  }
}

/** Short enough to be said on the telephone; forty bits, and the table would refuse a second one. */
const referenceOf = (reportId: string): string =>
  encodeCrockford(createHash('sha256').update(reportId).digest(), REFERENCE_LENGTH).replace(/(.{4})(?=.)/, '$1-');

@CommandHandler(AnswerLoss)
export class AnswerLossHandler implements ICommandHandler<AnswerLoss> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ reportId, outcome, distributorId, meta }: AnswerLoss) {
    return this.work.once<AnsweredLoss | Rejected>(meta, async (tx) => {
      const report = await lockReport(tx, reportId);
      const refused = refuseAnswer(report, distributorId);
      if (refused) return refused;
      const { batchId, first, last } = report!;
      const ranges = outcome === 'stopped' ? await unstoppedOf(tx, batchId, { first, last }) : [];
      // Asked anew: since the report the vouchers may have gone to somebody else.
      const foreign = decideOwn(ranges, distributorId && { distributorId, arrivals: await arrivalsWithin(tx, batchId, ranges) });
      if (foreign) return foreign;
      if (ranges.length > 0) await stop(tx, { batchId, reason: 'lost', ranges });
      await insertAnswer(tx, reportId, outcome);
      return { reportId, outcome, answeredAt: tx.now.toISOString() };
    });
  }
}

@QueryHandler(ListLosses)
export class ListLossesHandler implements IQueryHandler<ListLosses> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListLosses): Promise<readonly LossReportView[]> {
    return listReports(this.work.client, asked);
  }
}
