import { Command } from '@nestjs/cqrs';
import type { PaymentReportId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { ReportFinding } from './payment-report.decision.js';

export type ImportedReport = Readonly<{
  reportId: PaymentReportId;
  /** The settlement run whose file it is about; null when that file is none of ours. */
  runId: string | null;
  /** True when it had been imported before: nothing was changed. */
  known: boolean;
  /** Statuses by outcome; empty for a known one. */
  statuses: Readonly<Record<string, number>>;
  rejectedCents: number;
  /** The first of them; all are read page by page. */
  findings: readonly Readonly<{ finding: ReportFinding; endToEndId: string | null; status: string | null }>[];
}>;

export class ImportPaymentReport extends Command<ImportedReport | Rejected> {
  constructor(readonly request: Readonly<{ bytes: Uint8Array }>, readonly meta: Meta) { super(); }
}
