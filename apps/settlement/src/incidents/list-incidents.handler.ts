import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { ListIncidents, type ListedIncident } from './list-incidents.query.js';

@QueryHandler(ListIncidents)
export class ListIncidentsHandler implements IQueryHandler<ListIncidents> {
  constructor(private readonly work: SettlementWork) {}

  /** A place sees those of its payee once they were validated: what somebody only suspects is told to nobody. */
  execute({ reader: { placeId }, filter: { before, rowsMax, state, payeeId } }: ListIncidents): Promise<readonly ListedIncident[]> {
    return this.work.client.$queryRaw<ListedIncident[]>`
      select i.id, i.kind, i.redemption_id as "redemptionId", i.payee_id as "payeeId", i.place_id as "placeId", i.programme_id as "programmeId",
        i.service_date::text as "serviceDate", i.amount, i.note, i.created_by as "createdBy", i.created_at as "createdAt",
        coalesce(d.outcome, 'stated') as state, d.note as "decisionNote", d.decided_by as "decidedBy", d.decided_at as "decidedAt",
        d.due_seq as "dueSeq"
      from settlement.incident i left join settlement.incident_decision d on d.incident_id = i.id
      where (${before}::uuid is null or i.id < ${before}::uuid) and (${payeeId}::uuid is null or i.payee_id = ${payeeId}::uuid)
        and (${state}::text is null or coalesce(d.outcome, 'stated') = ${state}::text)
        and (${placeId}::uuid is null or (d.outcome = 'validated' and exists (
          select from settlement.payee_site s where s.payee_id = i.payee_id and s.place_id = ${placeId}::uuid)))
      order by i.id desc limit ${rowsMax}::int`;
  }
}
