-- How what places give to the commons is shared, programme by programme: a cap on the operator's share, what stays in the programme's own
-- pool, and who decides about that pool. A programme without a rule gives all of it to the national pool, as every programme did before.

create table settlement.sharing_rule (
  programme_id uuid not null,
  version int not null check (version > 0),
  effective_from date not null,
  operator_cap_basis_points int not null check (operator_cap_basis_points between 0 and 10000),
  local_basis_points int not null check (local_basis_points between 0 and 10000),
  deciders text[] not null check (cardinality(deciders) between 2 and 50),
  event_id uuid not null unique,
  published_by text not null,
  published_at timestamptz not null,
  primary key (programme_id, version),
  constraint not_of_a_day_that_has_begun check (effective_from > (published_at at time zone 'Europe/Paris')::date)
);
comment on table settlement.sharing_rule is 'How the commons share is shared, the cap of the operator''s, and who decides, by programme, version and day of effect';
grant select, insert on settlement.sharing_rule to {{role}};
create trigger append_only before update or delete on settlement.sharing_rule
  for each row execute function settlement.refuse_change();

create function settlement.check_sharing_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last settlement.sharing_rule;
begin
  select * into last from settlement.sharing_rule where programme_id = new.programme_id order by version desc limit 1;
  if last.version is not null and (new.version <> last.version + 1 or new.effective_from <= last.effective_from
    or new.effective_from < (new.published_at at time zone 'Europe/Paris')::date + 30) then
    raise exception 'sharing rule % of programme % cannot have effect on %', new.version, new.programme_id, new.effective_from
      using errcode = 'check_violation';
  end if;
  if (select count(distinct who) from unnest(new.deciders) who) <> cardinality(new.deciders) then
    raise exception 'sharing rule % of programme % names a person twice', new.version, new.programme_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.fee_rule f where f.programme_id = new.programme_id and f.fee_basis_points > new.operator_cap_basis_points
    and f.effective_from >= coalesce((select max(effective_from) from settlement.fee_rule
      where programme_id = new.programme_id and effective_from <= new.effective_from), new.effective_from)) then
    raise exception 'the operator takes more of programme % than sharing rule % allows', new.programme_id, new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_rule before insert on settlement.sharing_rule
  for each row execute function settlement.check_sharing_rule();

-- The other way round: no fee above the cap that is in force on its first day or comes later.
create function settlement.check_operator_share() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.sharing_rule s where s.programme_id = new.programme_id and s.operator_cap_basis_points < new.fee_basis_points
    and s.effective_from >= coalesce((select max(effective_from) from settlement.sharing_rule
      where programme_id = new.programme_id and effective_from <= new.effective_from), new.effective_from)) then
    raise exception 'fee rule % of programme % takes more than its sharing rule allows the operator', new.version, new.programme_id
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_operator_share before insert on settlement.fee_rule
  for each row execute function settlement.check_operator_share();

-- The rule of a programme on a day.
create function settlement.sharing_rule_on(programme uuid, day date) returns settlement.sharing_rule language sql stable as $$
  select * from settlement.sharing_rule where programme_id = programme and effective_from <= day order by version desc limit 1
$$;
grant execute on function settlement.sharing_rule_on(uuid, date) to {{role}};
