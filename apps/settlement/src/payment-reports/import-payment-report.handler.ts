import { createHash } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PaymentRejectedV1 } from '#libs/contracts';
import { idOf, isRejected, reject, sum, toWire, type PaymentReportId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { readPain002 } from '../bank-files/pain002/pain002.js';
import type { PaymentReport } from '../bank-files/payment-report.js';
import { reasonOf } from '../bank-files/reason-code.js';
import { lockByName } from '../database.store.js';
import { lockPayments } from '../known-payment.store.js';
import { LINES_PER_FILE_MAX, PREVIEW_MAX } from '../limits.js';
import { blockAccount } from '../payee-bank-accounts/block-account.js';
import { toldAllocations, toldEarlyPayments, toldStatements } from '../payment-source.decision.js';
import { SettlementWork } from '../settlement.work.js';
import { ImportPaymentReport, type ImportedReport } from './import-payment-report.command.js';
import { decideReport, rejectionPosting, type DecidedStatus, type Report } from './payment-report.decision.js';
import { insertReport, insertStatuses, rejectPayments, runOfFile, sameReport } from './payment-report.store.js';
import { reportOf } from './read-report.js';

type Refused = Extract<DecidedStatus, { outcome: 'rejected' }>;

@CommandHandler(ImportPaymentReport)
export class ImportPaymentReportHandler implements ICommandHandler<ImportPaymentReport> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request: { bytes }, meta }: ImportPaymentReport): Promise<ImportedReport | Rejected> {
    const report = readPain002(bytes);
    return this.work.once<ImportedReport | Rejected>(meta, async (tx) => {
      if (isRejected(report)) return report;
      const told = report.parts.reduce((count, { payments }) => count + 1 + payments.length, 0);
      if (told > LINES_PER_FILE_MAX) return reject('bank_file_too_large', { lines: told });
      // One report at a time: the same one twice at once would find itself unknown twice.
      await lockByName(tx, 'payment reports');
      const contentSha256 = contentOf(report);
      const same = await sameReport(tx, report);
      if (same && same.contentSha256 !== contentSha256) return reject('payment_report_id_reused', { report: report.messageId });
      if (same) return { reportId: same.id, runId: same.runId, known: true, statuses: {}, rejectedCents: 0, findings: [] };
      return take(tx, report, { bytes, contentSha256 });
    });
  }
}

async function take(tx: Tx, report: PaymentReport, file: Readonly<{ bytes: Uint8Array; contentSha256: string }>): Promise<ImportedReport> {
  const reportId = idOf('paymentReport', tx.newId());
  const runId = await runOfFile(tx, report.originalMessageId);
  const reported = reportOf(report);
  const statuses = decideReport(reported, await lockPayments(tx, { messageId: report.originalMessageId, paymentIds: namedBy(reported) }));
  await insertReport(tx, { reportId, runId, report, ...file });
  await insertStatuses(tx, reportId, statuses);
  const refused = statuses.filter((status): status is Refused => status.outcome === 'rejected');
  await takeBack(tx, reportId, refused);
  const findings = statuses.flatMap(({ finding, endToEndId, status }) =>
    (finding ? [{ finding, endToEndId, status: status.code ?? null }] : []));
  return {
    reportId, runId, known: false, statuses: countByOutcome(statuses), findings: findings.slice(0, PREVIEW_MAX),
    rejectedCents: toWire(sum(refused.map(({ payment }) => payment.amount))),
  };
}

/** Row 16 for each payment, its statements are to be paid again, and the accounts that were the reason are closed to payments. */
async function takeBack(tx: Tx, reportId: PaymentReportId, refused: readonly Refused[]): Promise<void> {
  // In the order of payees, as releases lock the balances of payees.
  const inLockOrder = [...refused].sort((a, b) => (a.payment.payeeId < b.payment.payeeId ? -1 : 1));
  const rejections = inLockOrder.map(({ payment, status, blocks }) => ({ payment, blocks, reasonCode: reasonOf(status.reason ?? null) }));
  const eventIds = await tx.emitAll(PaymentRejectedV1, rejections.map(({ payment, reasonCode }) => ({
    subject: `payment:${payment.paymentId}`, posting: rejectionPosting(payment),
    body: {
      paymentId: payment.paymentId, purpose: payment.purpose, ...toldStatements(payment.statementIds),
      ...toldAllocations(payment.allocationIds), ...toldEarlyPayments(payment.earlyPaymentIds),
      reportId, custodyAccountId: payment.bankAccountId, amountCents: toWire(payment.amount), currency: 'EUR', reasonCode,
    },
  })));
  await rejectPayments(tx, reportId, rejections.map(({ payment: { paymentId }, reasonCode }, at) =>
    ({ paymentId, reasonCode, eventId: eventIds[at]! })));
  for (const { payment, blocks, reasonCode } of rejections) if (blocks) await blockAccount(tx, payment, reasonCode);
}

const namedBy = ({ parts }: Report) => [...new Set(parts.flatMap(({ payments }) => payments.flatMap(({ paymentId }) => paymentId ?? [])))];

/** Over what a report says, not over its bytes: fetched twice, it differs in blanks and order of attributes. */
const contentOf = (report: PaymentReport): string => createHash('sha256')
  .update(JSON.stringify(report, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))).digest('hex');

function countByOutcome(statuses: readonly DecidedStatus[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of statuses) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
