-- Redemption suspends places and withdraws accreditations. What such a place is owed waits until somebody has looked at it:
-- lines that are in no statement are held at the next closing, statements that nobody paid yet wait outside of runs.

create table settlement.known_measure (
  measure_id uuid primary key,
  place_id uuid not null,
  programme_id uuid not null,
  kind text not null check (kind in ('suspension', 'withdrawal')),
  reason text not null check (length(reason) between 1 and 40),
  from_day date not null
);
create index known_measure_place on settlement.known_measure (place_id, programme_id);
comment on table settlement.known_measure is 'Copy of place.suspended and place.withdrawn';
grant select, insert on settlement.known_measure to {{role}};
create trigger append_only before update or delete on settlement.known_measure
  for each row execute function settlement.refuse_change();

-- No foreign key: an end may be told before its beginning.
create table settlement.known_measure_end (
  measure_id uuid not null,
  how text not null check (how in ('reinstated', 'overturned', 'accredited_again')),
  from_day date not null,
  primary key (measure_id, how)
);
comment on table settlement.known_measure_end is 'Copy of place.reinstated: what ended a measure, and from which day of services on';
grant select, insert on settlement.known_measure_end to {{role}};
create trigger append_only before update or delete on settlement.known_measure_end
  for each row execute function settlement.refuse_change();

alter table settlement.claim_line add column held_for uuid;
comment on column settlement.claim_line.held_for is 'The measure under which redemption took it, for a service of before: held, whatever becomes of the measure';

alter table settlement.hold
  add column measure_id uuid,
  drop constraint hold_reason_check,
  add constraint hold_reason_check check (reason in ('first_remittance', 'place_suspended', 'place_withdrawn')),
  add constraint hold_measure_check check ((measure_id is null) = (reason = 'first_remittance')),
  drop constraint hold_payee_id_custody_account_id_up_to_seq_reason_key,
  add constraint hold_once_per_closing unique nulls not distinct (payee_id, custody_account_id, up_to_seq, reason, measure_id);
comment on column settlement.hold.measure_id is 'The suspension or withdrawal for which it is held';

-- The one rule of which measure a line waits for, if it was not held for that one before: the one it was taken under, or the
-- first of those that count on `today` for its place and programme. Kept to one plain select, so that the planner inlines it.
create function settlement.line_measures(line uuid, place uuid, programme uuid, today date)
  returns table (measure_id uuid, kind text)
  language sql stable as $$
  select m.measure_id, m.kind from settlement.known_measure m
  where m.place_id = place and m.programme_id = programme and m.from_day <= today
    and (not exists (select from settlement.known_measure_end e where e.measure_id = m.measure_id and e.from_day <= today)
      or m.measure_id = (select c.held_for from settlement.claim_line c where c.id = line))
    and not exists (select from settlement.held_line l join settlement.hold h on h.id = l.hold_id
      where l.claim_line_id = line and h.measure_id = m.measure_id)
  order by m.measure_id limit 1
$$;

create table settlement.statement_clearance (
  statement_id uuid not null references settlement.statement,
  measure_id uuid not null references settlement.known_measure,
  note text not null check (length(note) between 1 and 500),
  cleared_by text not null,
  cleared_at timestamptz not null,
  primary key (statement_id, measure_id)
);
comment on table settlement.statement_clearance is 'Somebody looked at a closed statement of a place that is suspended or withdrawn since, and found that it is paid';
grant select, insert on settlement.statement_clearance to {{role}};
create trigger append_only before update or delete on settlement.statement_clearance
  for each row execute function settlement.refuse_change();

create function settlement.check_clearance() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.cleared_by = (select b.maker from settlement.statement s join settlement.payee_bank_account b on b.payee_id = s.payee_id
      where s.id = new.statement_id order by b.version desc limit 1) then
    raise exception 'statement % cannot be cleared by who last changed the payee''s bank account', new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_clearance before insert on settlement.statement_clearance
  for each row execute function settlement.check_clearance();

-- Statements that wait, by the measure: they pay a place that it hits, lines that nobody looked at for it.
create function settlement.statement_measures(statement uuid, payee uuid, today date)
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
$$;

-- A run that was made before the measure does not leave after it.
create function settlement.refuse_waiting_statements() returns trigger language plpgsql set search_path = pg_catalog as $$
declare waiting uuid;
begin
  select s.id into waiting from settlement.payment p join settlement.payment_statement ps on ps.payment_id = p.id
    join settlement.statement s on s.id = ps.statement_id
    where p.run_id = new.id and exists (
      select from settlement.statement_measures(s.id, s.payee_id, (new.released_at at time zone 'Europe/Paris')::date)) limit 1;
  if waiting is not null then
    raise exception 'run % pays statement %, which waits for a review', new.id, waiting using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refuse_waiting_statements before update of state on settlement.settlement_run
  for each row when (new.state = 'released' and old.state <> 'released') execute function settlement.refuse_waiting_statements();
