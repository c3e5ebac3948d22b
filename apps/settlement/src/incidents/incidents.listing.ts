// Every incident, to look through, add up and take away.
import type { Listing } from '#libs/listing';
import { INCIDENT_KINDS } from './incident.decision.js';
import { INCIDENT_STATES } from './list-incidents.query.js';

/** `$1`: a place, which sees those of its payee once they were validated; what somebody only suspects is told to nobody. */
export const incidents: Listing = {
  rows: `select i.id, i.id as newest, i.id as "incidentId", i.kind, i.redemption_id as "redemptionId", i.payee_id as "payeeId", coalesce(p.legal_name, '') as "legalName",
      i.place_id as "placeId", i.programme_id as "programmeId", i.service_date as "serviceDate", i.amount as "amountCents", i.note, i.created_by as "createdBy",
      i.created_at as "createdAt", coalesce(d.outcome, 'stated') as state, d.note as "decisionNote", d.decided_by as "decidedBy",
      d.decided_at as "decidedAt", d.due_seq as "dueSeq"
    from settlement.incident i join settlement.payee p on p.id = i.payee_id
      left join settlement.incident_decision d on d.incident_id = i.id
    where $1::uuid is null or (d.outcome = 'validated' and exists (
      select from settlement.payee_site s where s.payee_id = i.payee_id and s.place_id = $1::uuid))`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    incidentId: { kind: 'uuid', of: 'incident', filter: 'equal' },
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    redemptionId: { kind: 'uuid', of: 'redemption', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    kind: { kind: 'text', filter: 'choice', choices: INCIDENT_KINDS },
    state: { kind: 'text', filter: 'choice', choices: INCIDENT_STATES },
    serviceDate: { kind: 'day', sort: true, filter: 'range' },
    createdAt: { kind: 'moment', sort: true, filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-newest',
};
