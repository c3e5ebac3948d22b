-- What a sharing rule made of a commons share: the row by which each cent of a programme's own pool names its rule.

create table settlement.commons_share (
  event_id uuid not null,
  programme_id uuid not null,
  sharing_rule_version int not null,
  source text not null check (source in ('statement', 'breakage')),
  source_id uuid not null,
  local bigint not null check (local >= 0),
  national bigint not null check (national >= 0),
  currency char(3) not null check (currency = 'EUR'),
  at timestamptz not null,
  primary key (event_id, programme_id),
  foreign key (programme_id, sharing_rule_version) references settlement.sharing_rule,
  check (local + national > 0)
);
comment on table settlement.commons_share is 'How a commons share of a statement, or of what expired, was divided between the pool of its programme and the national one, and by which rule';
grant select, insert on settlement.commons_share to {{role}};
create trigger append_only before update or delete on settlement.commons_share
  for each row execute function settlement.refuse_change();

-- By the day on which a closing began, or a signature arrived, the service says; that the rule had begun, its share, and its posting are held here.
create function settlement.check_commons_share() returns trigger language plpgsql set search_path = pg_catalog as $$
declare rule settlement.sharing_rule; posted bigint;
begin
  select * into rule from settlement.sharing_rule where programme_id = new.programme_id and version = new.sharing_rule_version;
  if rule.effective_from > (new.at at time zone 'Europe/Paris')::date then
    raise exception 'sharing rule % of programme % has no effect yet', rule.version, rule.programme_id using errcode = 'check_violation';
  end if;
  if abs(new.local * 10000 - (new.local + new.national) * rule.local_basis_points) >= 10000 then
    raise exception 'event % gives pool % another share than its rule', new.event_id, new.programme_id using errcode = 'check_violation';
  end if;
  select coalesce(sum(amount), 0) into posted from settlement.transfer where event_id = new.event_id and credit = 'commons:' || new.programme_id;
  if posted <> new.local then
    raise exception 'event % gives pool % another sum than it posted', new.event_id, new.programme_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_share before insert on settlement.commons_share
  for each row execute function settlement.check_commons_share();

-- The account of each pool is read from its movements, by everybody.
create index transfer_commons_debit on settlement.transfer (debit, event_id) where debit like 'commons:%';
create index transfer_commons_credit on settlement.transfer (credit, event_id) where credit like 'commons:%';
