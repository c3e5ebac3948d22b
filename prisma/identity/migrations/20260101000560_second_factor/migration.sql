-- A second factor: six digits that an authenticator shows (RFC 6238), or a recovery code on paper. No secret is kept: both come
-- from the wrapping key and the factor's id, so that a copy of this database opens nothing.
create table identity.second_factor (
  id uuid primary key,
  user_id uuid not null references identity."user" (id),
  key_id text not null check (length(key_id) between 1 and 100),
  begun_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
comment on table identity.second_factor is 'What a person shows besides a password; in force from its first code on, until another takes its place or an approver takes it away';
comment on column identity.second_factor.key_id is 'The wrapping key that its secret is derived from';
create unique index second_factor_in_force on identity.second_factor (user_id) where confirmed_at is not null and ended_at is null;
create unique index second_factor_begun on identity.second_factor (user_id) where confirmed_at is null and ended_at is null;
grant select, insert, update (confirmed_at, ended_at, ended_by) on identity.second_factor to {{role}};

create function identity.second_factor_goes_on() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null then
    raise exception 'second factor % has ended', old.id using errcode = 'check_violation';
  end if;
  if old.confirmed_at is distinct from new.confirmed_at and (old.confirmed_at is not null or new.ended_at is not null) then
    raise exception 'second factor % is confirmed once, while it lasts', old.id using errcode = 'check_violation';
  end if;
  if new.ended_by = new.user_id::text and old.confirmed_at is not null and not exists (
    select from identity.second_factor f where f.user_id = new.user_id and f.id <> new.id and f.ended_at is null) then
    raise exception 'nobody ends their own second factor without another' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger goes_on before update on identity.second_factor for each row execute function identity.second_factor_goes_on();

-- Each code counts once: the key of the table is what was used, so that of two requests with one code one counts.
create table identity.second_factor_use (
  factor_id uuid not null references identity.second_factor (id),
  what text not null check (what in ('step', 'recovery')),
  number bigint not null check (number >= 0),
  session_id uuid not null,
  used_at timestamptz not null,
  primary key (factor_id, what, number)
);
comment on table identity.second_factor_use is 'Codes that were used: steps of thirty seconds since 1970, and recovery codes by their place on the sheet';
comment on column identity.second_factor_use.session_id is 'The sign-in that it counts for; no other';
create index second_factor_use_of_session on identity.second_factor_use (session_id);
grant select, insert on identity.second_factor_use to {{role}};
create trigger append_only before update or delete on identity.second_factor_use
  for each row execute function identity.refuse_change();
