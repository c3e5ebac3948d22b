// Alerts: what audit says it found is in its log, and what it says is held is held in settlement.
import { underway, type Invariant } from './invariant.js';

export const ALERT_RULES: readonly Invariant[] = [
  {
    id: 'A11',
    holds: 'each alert rests on as many events as it says, all of them sealed in the log',
    tier: 'local',
    schema: 'audit',
    fault: 'raise an alert that rests on nothing',
    sql: `select 'alert:' || a.id as row_named, 'says ' || a.fact_count || ' facts and has ' || count(l.log_index) || ' that are sealed' as detail
      from audit.alert a
      left join audit.alert_fact f on f.alert_id = a.id
      left join audit.event e on e.id = f.event_id
      left join lateral audit.place_of(e.sender, e.seq) l on true
      group by a.id, a.fact_count having count(l.log_index) <> a.fact_count or count(f.event_id) <> a.fact_count`,
  },
  {
    id: 'A12',
    holds: 'settlement was told of exactly the alerts that were upheld, unless the message is still under way, and of no line that is no fact of them',
    tier: 'inspector',
    fault: 'uphold an alert without telling settlement',
    sql: `select 'alert:' || d.alert_id as row_named, 'upheld, and settlement was never told' as detail
      from audit.alert_decision d
      where d.outcome = 'upheld' and not exists (select from settlement.known_alert k where k.alert_id = d.alert_id)
        and d.event_id not in (select id from (${underway('audit', 'settlement')}) u)
      union all
      select 'alert:' || k.alert_id, 'settlement holds for it, and audit did not uphold it' from settlement.known_alert k
      where not exists (select from audit.alert_decision d where d.alert_id = k.alert_id and d.outcome = 'upheld')
      union all
      select 'alert:' || n.alert_id, 'settlement holds redemption ' || n.redemption_id || ', which is no fact of it' from settlement.known_alert_line n
      where not exists (select from audit.alert_fact f where f.alert_id = n.alert_id and f.event_id = n.redemption_id)`,
  },
  {
    id: 'S65',
    holds: 'no statement of later than an upheld alert pays a line that it names before somebody has released it, unless an appeal ended the alert',
    tier: 'local',
    schema: 'settlement',
    fault: 'tell settlement of an alert, and close its line into a statement all the same',
    sql: `select 'claim_line:' || c.id as row_named, 'named by alert ' || a.alert_id || ', in statement ' || s.id as detail
      from settlement.known_alert a join settlement.known_alert_line n on n.alert_id = a.alert_id
      join settlement.claim_line c on c.redemption_id = n.redemption_id and c.undo_id is null
      join settlement.statement s on s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id
        and s.closed_at > a.kept_at + interval '1 minute'
      join settlement.statement_line l on l.statement_id = s.id and l.claim_line_id = c.id and l.incident_id is null
      where not exists (select from settlement.known_alert_answer e where e.alert_id = a.alert_id and e.outcome = 'upheld')
        and not exists (select from settlement.claim_line u where u.redemption_id = c.redemption_id and u.undo_id is not null)
        and not exists (select from settlement.held_line d join settlement.hold h on h.id = d.hold_id
          join settlement.hold_decision o on o.hold_id = h.id and o.outcome = 'released'
          where d.claim_line_id = c.id and h.alert_id = a.alert_id)`,
  },
];
