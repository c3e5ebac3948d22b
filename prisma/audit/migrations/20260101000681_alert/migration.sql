-- Alerts: what a rule found in the log, what a person made of it, and what the place says to that. An alert accuses nobody and
-- moves nothing; upheld, it is told to settlement, which holds the lines at its next closing.

create table audit.alert_rule_set (
  version int primary key check (version > 0),
  effective_from date not null,
  figures jsonb not null check (jsonb_typeof(figures) = 'object'),
  reason text not null check (length(reason) between 1 and 1000),
  proposed_by text not null,
  proposed_at timestamptz not null
);
comment on table audit.alert_rule_set is 'The figures of the rules against fraud, by version and day; they count once a second person has confirmed them';
grant select, insert on audit.alert_rule_set to {{role}};
create trigger append_only before update or delete on audit.alert_rule_set
  for each row execute function audit.refuse_change();

create table audit.alert_rule_confirmation (
  version int primary key references audit.alert_rule_set,
  confirmed_by text not null,
  confirmed_at timestamptz not null
);
comment on table audit.alert_rule_confirmation is 'Another person read the figures and lets them count';
grant select, insert on audit.alert_rule_confirmation to {{role}};
create trigger append_only before update or delete on audit.alert_rule_confirmation
  for each row execute function audit.refuse_change();

create function audit.check_confirmation() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.confirmed_by = (select s.proposed_by from audit.alert_rule_set s where s.version = new.version) then
    raise exception 'rule set % cannot be confirmed by who proposed it', new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_confirmation before insert on audit.alert_rule_confirmation
  for each row execute function audit.check_confirmation();

-- The figures of the beginning; why each is what it is stands in ADR 0057.
insert into audit.alert_rule_set (version, effective_from, figures, reason, proposed_by, proposed_at) values (1, '2000-01-01', '{
  "workshopPersonsMax": 30, "workshopPersonsMin": 5, "workshopsPerDayMax": 6,
  "velocityMinutes": 10, "placeAttendancesMax": 20, "deviceAttendancesMax": 12,
  "drainMinutes": 5, "drainHandOversMin": 10,
  "bookletVouchersMin": 5, "bookletMinutes": 60, "bookletsEmptiedMin": 3,
  "neighbourMinutes": 60, "neighbourPersonsMin": 15,
  "nightFromMinute": 1320, "nightToMinute": 360, "nightAttendancesMax": 3,
  "concentrationVouchersMin": 100, "concentrationPercentMin": 60}', 'The first set', 'installation', '2000-01-01');
insert into audit.alert_rule_confirmation (version, confirmed_by, confirmed_at) values (1, 'its record of decision', '2000-01-01');

create table audit.alert (
  id uuid primary key,
  rule text not null check (rule in ('place_velocity', 'device_velocity', 'instant_drain', 'emptied_booklets', 'neighbouring_vouchers',
    'too_many_workshops', 'night', 'concentration', 'constructed_codes')),
  rule_version int not null references audit.alert_rule_confirmation,
  -- Null: all tills together.
  place_id uuid,
  device_id uuid check ((device_id is not null) = (rule = 'device_velocity')),
  distributor_id uuid check ((distributor_id is not null) = (rule = 'concentration')),
  window_from date not null,
  window_to date not null check (window_to >= window_from),
  -- What came after a decision, and is enough by itself, is an alert of its own.
  round int not null check (round > 0),
  severity int not null check (severity between 1 and 9),
  raised_at timestamptz not null,
  measured jsonb not null check (jsonb_typeof(measured) = 'object'),
  fact_count int not null check (fact_count > 0),
  amount bigint not null check (amount >= 0),
  first_at timestamptz not null,
  last_at timestamptz not null check (last_at >= first_at),
  constraint alert_once unique nulls not distinct (rule, place_id, device_id, distributor_id, window_from, round)
);
create index alert_worst_first on audit.alert (severity desc, amount desc, id desc);
create index alert_place on audit.alert (place_id);
comment on table audit.alert is 'What a rule found about a subject within a window, once, whatever comes again; it grows until somebody decides';
grant select, insert, update (measured, fact_count, amount, first_at, last_at) on audit.alert to {{role}};

create table audit.alert_fact (
  alert_id uuid not null references audit.alert,
  event_id uuid not null references audit.event (id),
  primary key (alert_id, event_id)
);
create index alert_fact_event on audit.alert_fact (event_id);
comment on table audit.alert_fact is 'An event of the log that an alert rests on';
grant select, insert on audit.alert_fact to {{role}};
create trigger append_only before update or delete on audit.alert_fact
  for each row execute function audit.refuse_change();

create table audit.alert_decision (
  alert_id uuid primary key references audit.alert,
  outcome text not null check (outcome in ('dismissed', 'upheld')),
  explanation text not null check (length(explanation) between 1 and 1000),
  -- As the place reads them: what was upheld is not worded anew afterwards.
  text_fr text not null,
  text_en text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  event_id uuid unique,
  check ((outcome = 'upheld') = (event_id is not null))
);
comment on table audit.alert_decision is 'What a person of the operator made of an alert: dismissed with a reason, or upheld, and told to settlement';
grant select, insert on audit.alert_decision to {{role}};
create trigger append_only before update or delete on audit.alert_decision
  for each row execute function audit.refuse_change();

-- A decision is about what was there: nothing joins it, nothing of it is counted otherwise.
create function audit.refuse_after_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare of uuid := case tg_table_name when 'alert' then (to_jsonb(new) ->> 'id')::uuid else (to_jsonb(new) ->> 'alert_id')::uuid end;
begin
  if exists (select from audit.alert_decision d where d.alert_id = of) then
    raise exception 'alert % is decided, and nothing joins it', of using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_decided before insert on audit.alert_fact
  for each row execute function audit.refuse_after_decision();
create trigger keep_decided before update on audit.alert
  for each row execute function audit.refuse_after_decision();

create table audit.alert_appeal (
  id uuid primary key,
  alert_id uuid not null unique references audit.alert_decision,
  place_id uuid not null,
  grounds text not null check (length(grounds) between 1 and 4000),
  stated_by text not null,
  stated_at timestamptz not null,
  answer_due date not null
);
comment on table audit.alert_appeal is 'A place says why an upheld alert is wrong, once';
grant select, insert on audit.alert_appeal to {{role}};
create trigger append_only before update or delete on audit.alert_appeal
  for each row execute function audit.refuse_change();

create function audit.check_appeal() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from audit.alert_decision d join audit.alert a on a.id = d.alert_id
      where d.alert_id = new.alert_id and d.outcome = 'upheld' and a.place_id = new.place_id) then
    raise exception 'alert % was not upheld against place %', new.alert_id, new.place_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_appeal before insert on audit.alert_appeal
  for each row execute function audit.check_appeal();

create table audit.alert_appeal_answer (
  appeal_id uuid primary key references audit.alert_appeal,
  outcome text not null check (outcome in ('upheld', 'rejected')),
  reasons text not null check (length(reasons) between 1 and 1000),
  answered_by text not null,
  answered_at timestamptz not null
);
comment on table audit.alert_appeal_answer is 'Another person than who upheld the alert answered the appeal against it';
grant select, insert on audit.alert_appeal_answer to {{role}};
create trigger append_only before update or delete on audit.alert_appeal_answer
  for each row execute function audit.refuse_change();

create function audit.check_appeal_answer() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.answered_by = (select d.decided_by from audit.alert_appeal p join audit.alert_decision d on d.alert_id = p.alert_id where p.id = new.appeal_id) then
    raise exception 'appeal % cannot be answered by who upheld the alert', new.appeal_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_answer before insert on audit.alert_appeal_answer
  for each row execute function audit.check_appeal_answer();
