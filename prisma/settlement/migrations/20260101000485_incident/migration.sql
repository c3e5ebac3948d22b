-- What turns out wrong after its statement closed: paid lines are never touched. An incident that a second person validated is a
-- signed line beside the one that it corrects, due at the number of its validation, and netted in the payee's next statement.

create table settlement.incident (
  id uuid primary key,
  kind text not null check (kind in ('overpaid', 'fraud', 'gesture')),
  claim_line_id uuid not null references settlement.claim_line,
  -- As the line has them, so that what is due is read without it.
  redemption_id uuid not null,
  payee_id uuid not null references settlement.payee,
  custody_account_id uuid not null,
  place_id uuid not null,
  programme_id uuid not null,
  batch_id uuid not null,
  fee_rule_version int not null,
  service_date date not null,
  -- What of the line's gross was too much; of a gesture, what the operator gives beside it, out of its own money.
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  note text not null check (length(note) between 1 and 500),
  created_by text not null,
  created_at timestamptz not null,
  unique (id, claim_line_id)
);
create index incident_payee on settlement.incident (payee_id, custody_account_id);
create index incident_line on settlement.incident (claim_line_id);
comment on table settlement.incident is 'A line of a closed statement that somebody found wrong; counts only once somebody else validated it';
grant select, insert on settlement.incident to {{role}};
create trigger append_only before update or delete on settlement.incident
  for each row execute function settlement.refuse_change();

create table settlement.incident_decision (
  incident_id uuid primary key,
  claim_line_id uuid not null,
  outcome text not null check (outcome in ('validated', 'cancelled')),
  due_seq bigint check (due_seq > 0),
  note text not null check (length(note) between 1 and 500),
  decided_by text not null,
  decided_at timestamptz not null,
  foreign key (incident_id, claim_line_id) references settlement.incident (id, claim_line_id),
  check ((outcome = 'validated') = (due_seq is not null))
);
-- Whose money came back once does not come back again.
create unique index incident_once on settlement.incident_decision (claim_line_id) where outcome = 'validated';
comment on table settlement.incident_decision is 'What became of an incident, once: validated, and due at due_seq, or cancelled';
grant select, insert on settlement.incident_decision to {{role}};
create trigger append_only before update or delete on settlement.incident_decision
  for each row execute function settlement.refuse_change();

-- The one rule of which lines fall into a range of numbers, with incidents. Of a payee of whom nothing was ever held, no line has to be
-- looked for among the held ones: a million looks at a closing. A hold has lines of its own payee and account only, which its trigger
-- says. Kept to one plain select, so that the planner inlines it.
drop view settlement.statement_line;
drop function settlement.due_lines(uuid, uuid, bigint, bigint);
create function settlement.due_lines(payee uuid, custody_account uuid, after_seq bigint, until_seq bigint)
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

create view settlement.statement_line as
  select s.id as statement_id, c.claim_line_id, c.redemption_id, c.source_seq, c.place_id, c.programme_id, c.fee_rule_version, c.gross,
         c.currency, c.service_date, c.hold_id, c.incident_id
  from settlement.statement s
  cross join lateral settlement.due_lines(s.payee_id, s.custody_account_id, s.from_seq, s.up_to_seq) c;
comment on view settlement.statement_line is 'Which claim lines and incidents a statement covers: a rule over numbers, not a copy';
grant select on settlement.statement_line to {{role}};

-- A group of a fee rule may come to less than nothing where an incident corrects a line of an older rule: its fee comes back too.
alter table settlement.statement_fee
  drop constraint statement_fee_gross_check, drop constraint statement_fee_fee_check, drop constraint statement_fee_vat_check,
  drop constraint statement_fee_commons_check, drop constraint statement_fee_net_check,
  add constraint parts_have_the_sign_of_the_whole check (case when gross >= 0
    then fee >= 0 and vat >= 0 and commons >= 0 and net >= 0 else fee <= 0 and vat <= 0 and commons <= 0 and net <= 0 end);

create function settlement.check_incident() returns trigger language plpgsql set search_path = pg_catalog as $$
declare line settlement.claim_line;
begin
  select * into line from settlement.claim_line where id = new.claim_line_id;
  if (new.redemption_id, new.payee_id, new.custody_account_id, new.place_id, new.programme_id, new.batch_id, new.fee_rule_version,
      new.service_date, new.currency) is distinct from (line.redemption_id, line.payee_id, line.custody_account_id, line.place_id,
      line.programme_id, line.batch_id, line.fee_rule_version, line.service_date, line.currency) or new.amount > line.gross then
    raise exception 'incident % does not correct claim line %', new.id, new.claim_line_id using errcode = 'check_violation';
  end if;
  -- What is in no statement yet is undone, held or rejected.
  if not exists (select from settlement.statement_line l where l.statement_id in (select s.id from settlement.statement s
      where s.payee_id = new.payee_id and s.custody_account_id = new.custody_account_id)
      and l.claim_line_id = new.claim_line_id and l.incident_id is null) then
    raise exception 'claim line % of incident % is in no statement', new.claim_line_id, new.id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.claim_line u where u.redemption_id = new.redemption_id and u.undo_id is not null) then
    raise exception 'redemption % of incident % was undone', new.redemption_id, new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_incident before insert on settlement.incident
  for each row execute function settlement.check_incident();

create function settlement.check_incident_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare closed_up_to bigint;
begin
  if new.outcome = 'validated' and exists (select from settlement.incident i where i.id = new.incident_id and i.created_by = new.decided_by) then
    raise exception 'incident % cannot be validated by who stated it', new.incident_id using errcode = 'check_violation';
  end if;
  -- Incidents count from the next closing on: a number that is closed already would leave them in no statement.
  select max(up_to_seq) into closed_up_to from settlement.statement_closing;
  if new.due_seq <> closed_up_to + 1 then
    raise exception 'incident % is due at %, but statements are closed up to %', new.incident_id, new.due_seq, closed_up_to
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_decision before insert on settlement.incident_decision
  for each row execute function settlement.check_incident_decision();
