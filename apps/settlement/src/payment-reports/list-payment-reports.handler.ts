import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER } from '#libs/persistence';
import { SettlementWork } from '../settlement.work.js';
import { ListPaymentReports, ListReportedStatuses, type ListedReport, type ListedStatus } from './list-payment-reports.query.js';
import { listStatuses } from './list-payment-reports.store.js';
import { paymentReports } from './payment-reports.listing.js';

@QueryHandler(ListPaymentReports)
export class ListPaymentReportsHandler implements IQueryHandler<ListPaymentReports> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListPaymentReports): Promise<ListingPage<ListedReport>> {
    return readListing<ListedReport>(this.work, paymentReports, { reader: OVERSEER, rights: [] }, asked);
  }
}

@QueryHandler(ListReportedStatuses)
export class ListReportedStatusesHandler implements IQueryHandler<ListReportedStatuses> {
  constructor(private readonly work: SettlementWork) {}

  execute({ page }: ListReportedStatuses): Promise<readonly ListedStatus[]> {
    return listStatuses(this.work.client, page);
  }
}
