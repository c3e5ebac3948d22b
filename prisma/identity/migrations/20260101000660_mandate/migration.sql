-- What an auditing body may look at, and for how long (ADR 0055). Two people of the operator give one, or a payer for what it pays;
-- whoever gave it may end it before its last day.
create table identity.mandate (
  id uuid primary key,
  organisation_id uuid not null,
  kind text not null default 'auditor' check (kind = 'auditor'),
  programme_ids uuid[] not null check (cardinality(programme_ids) <= 10 and array_position(programme_ids, null) is null),
  payer_ids uuid[] not null check (cardinality(payer_ids) <= 10 and array_position(payer_ids, null) is null),
  first_day date not null,
  last_day date not null,
  purpose text not null check (length(purpose) between 1 and 500),
  -- Of a payer that gives it alone; null where it is the operator's.
  payer_id uuid,
  proposed_by uuid not null references identity."user" (id),
  proposed_at timestamptz not null,
  foreign key (organisation_id, kind) references identity.organisation (id, kind),
  check (last_day >= first_day and last_day < first_day + 1096),
  constraint payer_gives_its_own check (payer_id is null or payer_ids = array[payer_id])
);
create index mandate_of_organisation on identity.mandate (organisation_id);
comment on table identity.mandate is 'What an auditing body was to be let see: everything where both lists are empty, otherwise the programmes and the payers that are named';
grant select, insert on identity.mandate to {{role}};
create trigger append_only before update or delete on identity.mandate
  for each row execute function identity.refuse_change();

create table identity.mandate_confirmation (
  mandate_id uuid primary key references identity.mandate (id),
  confirmed_by uuid not null references identity."user" (id),
  confirmed_at timestamptz not null
);
comment on table identity.mandate_confirmation is 'Who of the operator stood for a mandate besides the one who proposed it';
grant select, insert on identity.mandate_confirmation to {{role}};
create trigger append_only before update or delete on identity.mandate_confirmation
  for each row execute function identity.refuse_change();

create table identity.mandate_end (
  mandate_id uuid primary key references identity.mandate (id),
  ended_by uuid not null references identity."user" (id),
  ended_at timestamptz not null
);
comment on table identity.mandate_end is 'A mandate that was taken back before its last day, or before it was confirmed';
grant select, insert on identity.mandate_end to {{role}};
create trigger append_only before update or delete on identity.mandate_end
  for each row execute function identity.refuse_change();

create view identity.given_mandate as
  select m.*, c.confirmed_by, coalesce(c.confirmed_at, m.proposed_at) as given_at, e.ended_at, e.ended_by
  from identity.mandate m left join identity.mandate_confirmation c on c.mandate_id = m.id left join identity.mandate_end e on e.mandate_id = m.id
  where m.payer_id is not null or c.mandate_id is not null;
comment on view identity.given_mandate is 'Mandates that opened something, those that are over too';
grant select on identity.given_mandate to {{role}};

-- Who gives it acts for the operator, or for the payer that is named.
create function identity.check_mandate() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (
    select from identity.active_membership a join identity.organisation o on o.id = a.organisation_id
    where a.user_id = new.proposed_by and case when new.payer_id is null then o.kind = 'operator' else o.kind = 'payer' and o.party_id = new.payer_id end) then
    raise exception '% may not give mandate %', new.proposed_by, new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_mandate before insert on identity.mandate for each row execute function identity.check_mandate();

create function identity.check_mandate_confirmation() returns trigger language plpgsql set search_path = pg_catalog as $$
declare proposed_by uuid; payer_id uuid;
begin
  select m.proposed_by, m.payer_id into proposed_by, payer_id from identity.mandate m where m.id = new.mandate_id;
  if payer_id is not null or exists (select from identity.mandate_end e where e.mandate_id = new.mandate_id) then
    raise exception 'mandate % waits for nobody', new.mandate_id using errcode = 'check_violation';
  end if;
  if new.confirmed_by = proposed_by then
    raise exception 'mandate % is confirmed by its proposer', new.mandate_id using errcode = 'check_violation';
  end if;
  if not exists (select from identity.active_membership a where a.user_id = new.confirmed_by and a.kind = 'operator' and 'approver' = any (a.roles)) then
    raise exception '% is no approver of the operator', new.confirmed_by using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_mandate_confirmation before insert on identity.mandate_confirmation
  for each row execute function identity.check_mandate_confirmation();
