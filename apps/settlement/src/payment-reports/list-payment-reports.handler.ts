import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListPaymentReports, ListReportedStatuses, type ListedReport, type ListedStatus } from './list-payment-reports.query.js';
import { listReports, listStatuses } from './list-payment-reports.store.js';

@QueryHandler(ListPaymentReports)
export class ListPaymentReportsHandler implements IQueryHandler<ListPaymentReports> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListPaymentReports): Promise<readonly ListedReport[]> {
    return listReports(this.work.client, page);
  }
}

@QueryHandler(ListReportedStatuses)
export class ListReportedStatusesHandler implements IQueryHandler<ListReportedStatuses> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListReportedStatuses): Promise<readonly ListedStatus[]> {
    return listStatuses(this.work.client, page);
  }
}
