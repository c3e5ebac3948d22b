-- Lines that a closing holds back until somebody has looked at them. A claim line is never touched: it counts by its own
-- message number, or, once it was held, by the number at which its hold was released. A rejected line counts nowhere.

create table settlement.hold (
  id uuid primary key,
  payee_id uuid not null references settlement.payee,
  custody_account_id uuid not null,
  up_to_seq bigint not null references settlement.statement_closing,
  -- A further reason is a further word here, and a rule that finds it.
  reason text not null check (reason in ('first_remittance')),
  line_count int not null check (line_count > 0),
  gross bigint not null check (gross > 0),
  currency char(3) not null check (currency = 'EUR'),
  held_at timestamptz not null,
  unique (payee_id, custody_account_id, up_to_seq, reason),
  unique (id, up_to_seq)
);
comment on table settlement.hold is 'What a closing held back of one payee, and why: its lines are in no statement until it is released';
grant select, insert on settlement.hold to {{role}};
create trigger append_only before update or delete on settlement.hold
  for each row execute function settlement.refuse_change();

create table settlement.held_line (
  claim_line_id uuid not null references settlement.claim_line,
  up_to_seq bigint not null,
  hold_id uuid not null,
  event_id uuid not null unique,
  primary key (claim_line_id, up_to_seq),
  foreign key (hold_id, up_to_seq) references settlement.hold (id, up_to_seq)
);
create index held_line_hold on settlement.held_line (hold_id);
comment on table settlement.held_line is 'The claim lines of a hold, with the event that posted each; at one closing a line is held once at most';
grant select, insert on settlement.held_line to {{role}};
create trigger append_only before update or delete on settlement.held_line
  for each row execute function settlement.refuse_change();

create table settlement.hold_decision (
  hold_id uuid primary key references settlement.hold,
  outcome text not null check (outcome in ('released', 'rejected')),
  due_seq bigint check (due_seq > 0),
  reason text check (reason in ('fraud')),
  note text not null check (length(note) between 1 and 500),
  decided_by text not null,
  decided_at timestamptz not null,
  check ((outcome = 'released') = (due_seq is not null)),
  check ((outcome = 'rejected') = (reason is not null))
);
comment on table settlement.hold_decision is 'What a reviewer decided of a hold, once: released at due_seq, the number by which its lines then count, or rejected for a reason';
grant select, insert on settlement.hold_decision to {{role}};
create trigger append_only before update or delete on settlement.hold_decision
  for each row execute function settlement.refuse_change();

-- The one rule of which lines fall into a range of numbers: never held, by their own number; released, by that of the
-- release, unless they were held again since. Kept to one plain select, so that the planner inlines it and uses indexes.
create function settlement.due_lines(payee uuid, custody_account uuid, after_seq bigint, until_seq bigint)
  returns table (claim_line_id uuid, redemption_id uuid, source_seq bigint, place_id uuid, programme_id uuid, batch_id uuid,
    fee_rule_version int, gross bigint, currency char(3), service_date date, hold_id uuid)
  language sql stable as $$
  select c.id, c.redemption_id, c.source_seq, c.place_id, c.programme_id, c.batch_id, c.fee_rule_version, c.gross, c.currency,
    c.service_date, null::uuid
  from settlement.claim_line c
  where c.payee_id = payee and c.custody_account_id = custody_account
    and c.source_seq > coalesce(after_seq, 0) and c.source_seq <= until_seq
    and not exists (select from settlement.held_line l where l.claim_line_id = c.id)
  union all
  select c.id, c.redemption_id, c.source_seq, c.place_id, c.programme_id, c.batch_id, c.fee_rule_version, c.gross, c.currency,
    c.service_date, h.id
  from settlement.hold h
  join settlement.hold_decision d on d.hold_id = h.id and d.due_seq > coalesce(after_seq, 0) and d.due_seq <= until_seq
  join settlement.held_line l on l.hold_id = h.id
  join settlement.claim_line c on c.id = l.claim_line_id
  where h.payee_id = payee and h.custody_account_id = custody_account
    and not exists (select from settlement.held_line again where again.claim_line_id = c.id and again.up_to_seq >= d.due_seq)
$$;

drop view settlement.statement_line;
create view settlement.statement_line as
  select s.id as statement_id, c.claim_line_id, c.redemption_id, c.source_seq, c.place_id, c.programme_id, c.fee_rule_version, c.gross,
         c.currency, c.service_date, c.hold_id
  from settlement.statement s
  cross join lateral settlement.due_lines(s.payee_id, s.custody_account_id, s.from_seq, s.up_to_seq) c;
comment on view settlement.statement_line is 'Which claim lines a statement covers: a rule over numbers, not a copy';
grant select on settlement.statement_line to {{role}};

-- A hold is exactly its lines: judged at commit, for a hold that was written without them.
create function settlement.check_hold() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.held_line l where l.hold_id = new.id) then
    raise exception 'hold % has no lines', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_lines after insert on settlement.hold
  deferrable initially deferred for each row execute function settlement.check_hold();

-- All lines of a hold are written by one statement, and none joins later, because the sum would then differ. They are of
-- the hold's own payee and account, due by its closing, in no statement, and in no other hold that was not released.
-- By EXECUTE, so that each run has a plan of its own: a kept one, made while the tables were empty, reads them whole for ever.
create function settlement.check_held_lines() returns trigger language plpgsql set search_path = pg_catalog as $$
declare wrong uuid;
begin
  execute $q$
    select h.id from (select distinct hold_id from added) a join settlement.hold h on h.id = a.hold_id
    join settlement.held_line l on l.hold_id = h.id join settlement.claim_line c on c.id = l.claim_line_id group by h.id
    having count(*) <> h.line_count or sum(c.gross) <> h.gross
      or bool_or((c.payee_id, c.custody_account_id) <> (h.payee_id, h.custody_account_id) or c.source_seq > h.up_to_seq) limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'hold % is not the sum of lines of its own', wrong using errcode = 'check_violation';
  end if;
  execute $q$
    select a.hold_id from added a join settlement.held_line o on o.claim_line_id = a.claim_line_id and o.hold_id <> a.hold_id
    left join settlement.hold_decision d on d.hold_id = o.hold_id where d.outcome is distinct from 'released' limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'hold % has lines that are held already, or rejected', wrong using errcode = 'check_violation';
  end if;
  -- By the number at which each line is due now: its own, or that of its last release.
  execute $q$
    select a.hold_id from added a join settlement.claim_line c on c.id = a.claim_line_id
    left join lateral (select max(d.due_seq) as due_seq
      from settlement.held_line o join settlement.hold_decision d on d.hold_id = o.hold_id
      where o.claim_line_id = a.claim_line_id and o.hold_id <> a.hold_id) released on true
    join settlement.statement s on s.payee_id = c.payee_id and s.custody_account_id = c.custody_account_id and s.up_to_seq < a.up_to_seq
      and coalesce(released.due_seq, c.source_seq) > coalesce(s.from_seq, 0) and coalesce(released.due_seq, c.source_seq) <= s.up_to_seq limit 1 $q$ into wrong;
  if wrong is not null then
    raise exception 'hold % has lines of a closed statement', wrong using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger check_lines after insert on settlement.held_line
  referencing new table as added for each statement execute function settlement.check_held_lines();

create function settlement.check_hold_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last_maker text; closed_up_to bigint;
begin
  select b.maker into last_maker from settlement.hold h join settlement.payee_bank_account b on b.payee_id = h.payee_id
    where h.id = new.hold_id order by b.version desc limit 1;
  if last_maker = new.decided_by then
    raise exception 'hold % cannot be reviewed by who last changed the payee''s bank account', new.hold_id using errcode = 'check_violation';
  end if;
  -- Released lines count from the next closing on: a number that is closed already would leave them in no statement.
  select max(up_to_seq) into closed_up_to from settlement.statement_closing;
  if new.due_seq <> closed_up_to + 1 then
    raise exception 'hold % is released at %, but statements are closed up to %', new.hold_id, new.due_seq, closed_up_to
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_decision before insert on settlement.hold_decision
  for each row execute function settlement.check_hold_decision();
