import { Query } from '@nestjs/cqrs';
import type { Id, PaymentId, PaymentReportId } from '#libs/kernel';
import type { ListingPage, ListingQuery } from '#libs/listing';

export type ListedReport = Readonly<{
  id: PaymentReportId;
  runId: Id<'settlementRun'> | null;
  messageId: string;
  originalMessageId: string;
  importedBy: string;
  importedAt: Date;
  statuses: bigint;
  rejected: bigint;
  findings: bigint;
  /** Of what it made owed again. */
  rejectedCents: bigint;
}>;

export class ListPaymentReports extends Query<ListingPage<ListedReport>> {
  constructor(readonly asked: ListingQuery) { super(); }
}

export const STATUS_OUTCOMES = ['noted', 'rejected', 'known', 'finding'] as const;

export type ListedStatus = Readonly<{
  ordinal: number;
  level: 'file' | 'part' | 'payment';
  endToEndId: string | null;
  paymentId: PaymentId | null;
  status: string | null;
  reasonCode: string | null;
  outcome: (typeof STATUS_OUTCOMES)[number];
  finding: string | null;
}>;

type StatusPage = Readonly<{ reportId: PaymentReportId; after: number; rowsMax: number; outcome: ListedStatus['outcome'] | null }>;

/** In the order of the report; none for a report that does not exist. */
export class ListReportedStatuses extends Query<readonly ListedStatus[]> {
  constructor(readonly page: StatusPage) { super(); }
}
