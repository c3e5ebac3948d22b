-- A commercial gesture: what the operator gives a place out of its own money, beside a line of a closed statement. It is decided and
-- netted as an incident is, with the other sign, and no payer's money moves.
alter table settlement.incident
  drop constraint incident_kind_check,
  add constraint incident_kind_check check (kind in ('overpaid', 'fraud', 'gesture'));
comment on column settlement.incident.amount is 'What of the line''s gross was too much; of a gesture, what is given beside it';

create or replace function settlement.due_lines(payee uuid, custody_account uuid, after_seq bigint, until_seq bigint)
  returns table (claim_line_id uuid, redemption_id uuid, source_seq bigint, place_id uuid, programme_id uuid, batch_id uuid,
    fee_rule_version int, gross bigint, currency char(3), service_date date, hold_id uuid, incident_id uuid)
  language sql stable as $$
  select c.id, c.redemption_id, c.source_seq, c.place_id, c.programme_id, c.batch_id, c.fee_rule_version, c.gross, c.currency,
    c.service_date, null::uuid, null::uuid
  from settlement.claim_line c
  where c.payee_id = payee and c.custody_account_id = custody_account
    and c.source_seq > coalesce(after_seq, 0) and c.source_seq <= until_seq
    and (not exists (select from settlement.hold h where h.payee_id = payee and h.custody_account_id = custody_account)
      or not exists (select from settlement.held_line l where l.claim_line_id = c.id))
  union all
  select c.id, c.redemption_id, c.source_seq, c.place_id, c.programme_id, c.batch_id, c.fee_rule_version, c.gross, c.currency,
    c.service_date, h.id, null::uuid
  from settlement.hold h
  join settlement.hold_decision d on d.hold_id = h.id and d.due_seq > coalesce(after_seq, 0) and d.due_seq <= until_seq
  join settlement.held_line l on l.hold_id = h.id
  join settlement.claim_line c on c.id = l.claim_line_id
  where h.payee_id = payee and h.custody_account_id = custody_account
    and not exists (select from settlement.held_line again where again.claim_line_id = c.id and again.up_to_seq >= d.due_seq)
  union all
  select i.claim_line_id, i.redemption_id, d.due_seq, i.place_id, i.programme_id, i.batch_id, i.fee_rule_version,
    case i.kind when 'gesture' then i.amount else -i.amount end, i.currency, i.service_date, null::uuid, i.id
  from settlement.incident i
  join settlement.incident_decision d on d.incident_id = i.id and d.due_seq > coalesce(after_seq, 0) and d.due_seq <= until_seq
  where i.payee_id = payee and i.custody_account_id = custody_account
$$;
