-- Keys by which programs ask for an organisation (ADR 0076). A key is random, shown once, and kept as its hash: a copy of this database opens
-- nothing. It has what was ticked when it was made, for a year at most, and ends once. Real time throughout, as its tokens run by it.
create table identity.api_key (
  id uuid primary key,
  organisation_id uuid not null,
  kind text not null check (kind in ('payer', 'place', 'distributor')),
  label text not null check (length(btrim(label)) between 1 and 100),
  -- Public: by it people and programs tell keys apart.
  prefix text not null unique check (prefix ~ '^[0-9a-f]{10}$'),
  key_sha256 bytea not null unique check (length(key_sha256) = 32),
  scopes text[] not null check (cardinality(scopes) between 1 and 10),
  made_by uuid not null references identity."user" (id),
  made_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_by uuid references identity."user" (id),
  ended_at timestamptz,
  -- To the hour: enough to see whether a key is still needed, and no diary of a program.
  last_used_at timestamptz check (last_used_at = date_trunc('hour', last_used_at, 'UTC')),
  token_window timestamptz,
  token_count int not null default 0 check (token_count >= 0),
  foreign key (organisation_id, kind) references identity.organisation (id, kind),
  constraint api_key_lasts_a_year check (expires_at > made_at and expires_at <= made_at + interval '366 days'),
  constraint api_key_end check ((ended_at is null) = (ended_by is null)),
  constraint api_key_scopes_of_kind check (scopes <@ case kind
    when 'place' then array['vouchers.redeem', 'redemptions.read', 'statements.read']
    when 'payer' then array['orders.read']
    when 'distributor' then array['stock.read'] else array[]::text[] end)
);
comment on table identity.api_key is 'A key by which a program asks for an organisation, with what it may, until it ends or is too old';
comment on column identity.api_key.token_count is 'Tokens asked for in the quarter of an hour that token_window begins';
create index api_key_organisation on identity.api_key (organisation_id, made_at);
grant select, insert, update (ended_at, ended_by, last_used_at, token_window, token_count) on identity.api_key to {{role}};

-- What was made stays as it was made; what ended is used no more, and does not begin again.
create function identity.api_key_ends_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null then
    raise exception 'key % has ended', old.id using errcode = 'check_violation';
  end if;
  if (new.id, new.organisation_id, new.kind, new.label, new.prefix, new.key_sha256, new.scopes, new.made_by, new.made_at, new.expires_at)
    is distinct from (old.id, old.organisation_id, old.kind, old.label, old.prefix, old.key_sha256, old.scopes, old.made_by, old.made_at, old.expires_at) then
    raise exception 'key % stays as it was made', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ends_once before update on identity.api_key for each row execute function identity.api_key_ends_once();
create trigger append_only before delete on identity.api_key for each row execute function identity.refuse_change();

-- Who stands behind a key acts for its organisation, today: the database knows it as the service does.
create function identity.check_api_key_maker() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from identity.active_membership m where m.user_id = new.made_by and m.organisation_id = new.organisation_id
                 and (m.kind <> 'place' or 'manager' = any (m.roles))) then
    raise exception '% may make no key for this organisation', new.made_by using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_maker before insert on identity.api_key for each row execute function identity.check_api_key_maker();

alter table identity.revocation drop constraint revocation_what_check;
alter table identity.revocation add constraint revocation_what_check check (what in ('session', 'membership', 'mandate', 'key'));
