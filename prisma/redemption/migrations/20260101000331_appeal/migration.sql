-- A place appeals against what the operator decided of it; another person of the operator answers.

create table redemption.appeal (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  measure_id uuid unique references redemption.measure (id),
  grounds text not null check (length(grounds) between 1 and 4000),
  stated_by text not null,
  stated_at timestamptz not null,
  -- The operator's day by which it is to be answered; a later answer counts all the same.
  answer_due date not null,
  constraint appeal_against_one check (num_nonnulls(measure_id) = 1)
);
create index appeal_place on redemption.appeal (place_id);
comment on table redemption.appeal is 'What a place says against a decision about it, once per decision';
grant select, insert on redemption.appeal to {{role}};
create trigger append_only before update or delete on redemption.appeal
  for each row execute function redemption.refuse_change();

create table redemption.appeal_answer (
  appeal_id uuid primary key references redemption.appeal (id),
  outcome text not null check (outcome in ('upheld', 'rejected')),
  reasons text not null check (length(reasons) between 1 and 4000),
  answered_by text not null,
  answered_at timestamptz not null
);
comment on table redemption.appeal_answer is 'What became of an appeal, once: upheld, which undoes the decision, or rejected';
grant select, insert on redemption.appeal_answer to {{role}};
create trigger append_only before update or delete on redemption.appeal_answer
  for each row execute function redemption.refuse_change();

-- The one rule of what an appeal is against: whose decision it was, of when, about which place.
create view redemption.contestable as
  select m.id as decision_id, 'measure' as kind, m.place_id, m.decided_by, m.decided_at from redemption.measure m;
comment on view redemption.contestable is 'Decisions about places that may be appealed against';
grant select on redemption.contestable to {{role}};

create function redemption.check_appeal() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from redemption.contestable c where c.decision_id = new.measure_id and c.place_id = new.place_id) then
    raise exception 'appeal % is against no decision about its place', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_appeal before insert on redemption.appeal
  for each row execute function redemption.check_appeal();

create function redemption.check_appeal_answer() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from redemption.appeal a join redemption.contestable c on c.decision_id = a.measure_id
      where a.id = new.appeal_id and c.decided_by = new.answered_by) then
    raise exception 'appeal % is not answered by who decided', new.appeal_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_appeal_answer before insert on redemption.appeal_answer
  for each row execute function redemption.check_appeal_answer();
