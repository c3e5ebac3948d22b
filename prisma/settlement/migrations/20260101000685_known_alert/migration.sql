-- Audit finds what looks like fraud, and a person of the operator upholds it. What the place is owed for the redemptions that
-- are named is then held as the lines of a measured place are: at the next closing, or with its unpaid statement outside of runs.

create table settlement.known_alert (
  alert_id uuid primary key,
  place_id uuid not null,
  rule text not null check (length(rule) between 1 and 40),
  text_fr text not null check (length(text_fr) between 1 and 600),
  text_en text not null check (length(text_en) between 1 and 600),
  upheld_by text not null,
  kept_at timestamptz not null
);
comment on table settlement.known_alert is 'Copy of alert.upheld: what the place reads of it, and who decided it';
grant select, insert on settlement.known_alert to {{role}};
create trigger append_only before update or delete on settlement.known_alert
  for each row execute function settlement.refuse_change();

create table settlement.known_alert_line (
  alert_id uuid not null references settlement.known_alert,
  redemption_id uuid not null,
  primary key (alert_id, redemption_id)
);
create index known_alert_line_redemption on settlement.known_alert_line (redemption_id);
comment on table settlement.known_alert_line is 'A redemption that an upheld alert names; its claim line may come later';
grant select, insert on settlement.known_alert_line to {{role}};
create trigger append_only before update or delete on settlement.known_alert_line
  for each row execute function settlement.refuse_change();

-- No foreign keys: an appeal may be told before its alert, an answer before its appeal.
create table settlement.known_alert_appeal (
  appeal_id uuid primary key,
  alert_id uuid not null,
  answer_due date not null
);
create index known_alert_appeal_alert on settlement.known_alert_appeal (alert_id);
comment on table settlement.known_alert_appeal is 'Copy of alert.appeal_stated';
grant select, insert on settlement.known_alert_appeal to {{role}};
create trigger append_only before update or delete on settlement.known_alert_appeal
  for each row execute function settlement.refuse_change();

create table settlement.known_alert_answer (
  appeal_id uuid primary key,
  alert_id uuid not null,
  outcome text not null check (outcome in ('upheld', 'rejected'))
);
create index known_alert_answer_alert on settlement.known_alert_answer (alert_id);
comment on table settlement.known_alert_answer is 'Copy of alert.appeal_answered: an upheld appeal ends the alert';
grant select, insert on settlement.known_alert_answer to {{role}};
create trigger append_only before update or delete on settlement.known_alert_answer
  for each row execute function settlement.refuse_change();

-- How the appeal against an alert stands; null without an alert.
create function settlement.alert_appeal(alert uuid) returns text language sql stable as $$
  select case when alert is null then null
    when exists (select from settlement.known_alert_answer e where e.alert_id = alert and e.outcome = 'upheld') then 'upheld'
    when exists (select from settlement.known_alert_answer e where e.alert_id = alert) then 'rejected'
    when exists (select from settlement.known_alert_appeal p where p.alert_id = alert) then 'open' else 'none' end
$$;

alter table settlement.hold
  add column alert_id uuid references settlement.known_alert,
  drop constraint hold_reason_check,
  add constraint hold_reason_check check (reason in ('first_remittance', 'place_suspended', 'place_withdrawn', 'alert_upheld')),
  drop constraint hold_measure_check,
  add constraint hold_measure_check check ((measure_id is not null) = (reason in ('place_suspended', 'place_withdrawn'))),
  add constraint hold_alert_check check ((alert_id is not null) = (reason = 'alert_upheld')),
  drop constraint hold_once_per_closing,
  add constraint hold_once_per_closing unique nulls not distinct (payee_id, custody_account_id, up_to_seq, reason, measure_id, alert_id);
comment on column settlement.hold.alert_id is 'The upheld alert for which it is held';

-- The one rule of which alert a line waits for: the first that names its redemption, was not ended by an appeal, and for which it
-- was not held before. Kept to one plain select, so that the planner inlines it.
create function settlement.line_alerts(line uuid, redemption uuid) returns table (alert_id uuid) language sql stable as $$
  select n.alert_id from settlement.known_alert_line n
  where n.redemption_id = redemption
    and not exists (select from settlement.known_alert_answer e where e.alert_id = n.alert_id and e.outcome = 'upheld')
    and not exists (select from settlement.held_line l join settlement.hold h on h.id = l.hold_id
      where l.claim_line_id = line and h.alert_id = n.alert_id)
  order by n.alert_id limit 1
$$;

-- A statement that nobody paid waits for an alert as it does for a measure, and is cleared in the same way.
alter table settlement.statement_clearance drop constraint statement_clearance_measure_id_fkey;
comment on column settlement.statement_clearance.measure_id is 'The measure, or the upheld alert, that it was cleared for';

create or replace function settlement.statement_measures(statement uuid, payee uuid, today date)
  returns table (measure_id uuid) language sql stable as $$
  select m.measure_id from settlement.payee_site p
  join settlement.known_measure m on m.place_id = p.place_id
  where p.payee_id = payee and m.from_day <= today
    and not exists (select from settlement.known_measure_end e where e.measure_id = m.measure_id and e.from_day <= today)
    and not exists (select from settlement.statement_clearance c where c.statement_id = statement and c.measure_id = m.measure_id)
    and exists (select from settlement.statement_line l
      where l.statement_id = statement and l.place_id = m.place_id and l.programme_id = m.programme_id
        and not exists (select from settlement.held_line d join settlement.hold h on h.id = d.hold_id
          where d.claim_line_id = l.claim_line_id and h.measure_id = m.measure_id))
  union all
  select a.alert_id from settlement.payee_site p
  join settlement.known_alert a on a.place_id = p.place_id
  where p.payee_id = payee
    and not exists (select from settlement.known_alert_answer e where e.alert_id = a.alert_id and e.outcome = 'upheld')
    and not exists (select from settlement.statement_clearance c where c.statement_id = statement and c.measure_id = a.alert_id)
    and exists (select from settlement.statement_line l join settlement.known_alert_line n
        on n.alert_id = a.alert_id and n.redemption_id = l.redemption_id
      where l.statement_id = statement
        and not exists (select from settlement.held_line d join settlement.hold h on h.id = d.hold_id
          where d.claim_line_id = l.claim_line_id and h.alert_id = a.alert_id))
$$;

-- What the foreign key did, now that there are two kinds; and who upheld an alert does not clear what waits for it.
create function settlement.check_cleared() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.known_measure m where m.measure_id = new.measure_id)
    and not exists (select from settlement.known_alert a where a.alert_id = new.measure_id and a.upheld_by <> new.cleared_by) then
    raise exception 'statement % cannot be cleared by % for %', new.statement_id, new.cleared_by, new.measure_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_cleared before insert on settlement.statement_clearance
  for each row execute function settlement.check_cleared();

-- Two people take the money of a place away, and not while its appeal waits.
create function settlement.check_alert_review() returns trigger language plpgsql set search_path = pg_catalog as $$
declare alert uuid;
begin
  select h.alert_id into alert from settlement.hold h where h.id = new.hold_id;
  if alert is null then return new; end if;
  if new.decided_by = (select a.upheld_by from settlement.known_alert a where a.alert_id = alert) then
    raise exception 'hold % cannot be reviewed by who upheld its alert', new.hold_id using errcode = 'check_violation';
  end if;
  if new.outcome = 'rejected' and settlement.alert_appeal(alert) in ('open', 'upheld') then
    raise exception 'hold % cannot be rejected: its appeal waits, or was upheld', new.hold_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_alert_review before insert on settlement.hold_decision
  for each row execute function settlement.check_alert_review();
