-- What a fee rule may take of places, and from when. What a place gives up of its gross is the fee with its VAT, and the commons
-- share. No rule takes more than the platform allows, nor than an earlier rule of the programme promised; one that takes more than
-- the rule before it has effect thirty days after places were told, and days that are over keep the rule that they had.

alter table settlement.fee_rule
  add column platform_cap_basis_points int not null default 10000 check (platform_cap_basis_points between 0 and 10000),
  add column promised_cap_basis_points int check (promised_cap_basis_points between 0 and 10000);
-- Of rules of before caps: nothing was capped but the whole.
alter table settlement.fee_rule alter column platform_cap_basis_points drop default;
comment on column settlement.fee_rule.platform_cap_basis_points is 'What the platform let a rule take of a gross, in all, when this one was published';
comment on column settlement.fee_rule.promised_cap_basis_points is 'What no later rule of the programme takes more than: a promise to places, which only ever falls';

-- In hundred-millionths of the gross, so that nothing is rounded.
create function settlement.taken_of_gross(rule settlement.fee_rule) returns bigint language sql immutable as $$
  select rule.fee_basis_points::bigint * (10000 + rule.vat_basis_points) + rule.commons_basis_points::bigint * 10000
$$;

create function settlement.check_fee_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  last settlement.fee_rule;
  promised int;
  today date := (new.published_at at time zone 'Europe/Paris')::date;
begin
  select * into last from settlement.fee_rule where programme_id = new.programme_id order by version desc limit 1;
  select min(promised_cap_basis_points) into promised from settlement.fee_rule where programme_id = new.programme_id;
  if settlement.taken_of_gross(new) > 10000::bigint * least(new.platform_cap_basis_points, promised, new.promised_cap_basis_points)
    or new.promised_cap_basis_points > promised then
    raise exception 'fee rule % of programme % is above its cap', new.version, new.programme_id using errcode = 'check_violation';
  end if;
  if last.version is null then
    return new;
  end if;
  if new.effective_from <= last.effective_from or new.effective_from < today
    or (settlement.taken_of_gross(new) > settlement.taken_of_gross(last) and new.effective_from < today + 30) then
    raise exception 'fee rule % of programme % cannot have effect on %', new.version, new.programme_id, new.effective_from
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_rule before insert on settlement.fee_rule
  for each row execute function settlement.check_fee_rule();

create table settlement.known_programme (
  programme_id uuid primary key,
  rule_version int not null check (rule_version > 0),
  name text not null check (length(name) between 1 and 200),
  usable_until date not null,
  claimable_until date not null,
  custody_account_id uuid not null
);
comment on table settlement.known_programme is
  'Copy of what issuance published of a programme, by its latest rules: what mails and invoices call it, and the days on which it ends';
grant select, insert, update (rule_version, name, usable_until, claimable_until, custody_account_id) on settlement.known_programme to {{role}};

create table settlement.known_accreditation (
  place_id uuid not null,
  programme_id uuid not null,
  version int not null check (version >= 0),
  valid_from date,
  valid_to date,
  primary key (place_id, programme_id),
  check ((version = 0) = (valid_from is null) and (version = 0) = (valid_to is null) and valid_to >= valid_from)
);
comment on table settlement.known_accreditation is
  'Copy of what redemption announced: a place may take vouchers of a programme between two days, by the latest version; version 0: known by its claims only';
grant select, insert, update (version, valid_from, valid_to) on settlement.known_accreditation to {{role}};
-- What was announced before this table is no longer at hand: places that claimed are known by their lines.
insert into settlement.known_accreditation (place_id, programme_id, version)
  select distinct place_id, programme_id, 0 from settlement.claim_line;
