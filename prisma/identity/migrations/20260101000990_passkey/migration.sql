-- Passkeys (ADR 0073): a key pair that a device keeps for one person and this site, and uses only after it has checked that it is them.
-- Only the public half is here: a copy of this database opens nothing.
create table identity.passkey (
  -- That of the challenge it was made for: one challenge makes one passkey.
  id uuid primary key,
  user_id uuid not null references identity."user" (id),
  name text not null check (length(name) between 1 and 60),
  credential_id bytea not null unique check (octet_length(credential_id) between 1 and 1023),
  public_key bytea not null check (octet_length(public_key) between 32 and 2048),
  counter bigint not null check (counter >= 0),
  transports text[] not null check (cardinality(transports) <= 10),
  added_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
comment on table identity.passkey is 'What a device of a person signs in with, until it ends; the private half never leaves the device';
comment on column identity.passkey.name is 'What its person calls it';
comment on column identity.passkey.counter is 'How often its device says it was used; 0 where the device does not count. It never goes back: a copy of a device would';
create index passkey_of_user on identity.passkey (user_id) where ended_at is null;
grant select, insert, update (name, counter, ended_at, ended_by) on identity.passkey to {{role}};

create function identity.passkey_goes_on() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null then
    raise exception 'passkey % has ended', old.id using errcode = 'check_violation';
  end if;
  if new.counter < old.counter then
    raise exception 'passkey % was used more often already', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger goes_on before update on identity.passkey for each row execute function identity.passkey_goes_on();
create trigger append_only before delete on identity.passkey for each row execute function identity.refuse_change();

-- Each answer of a device counts once: the key of the table is the challenge that it answers, so that of two requests with one one is taken.
create table identity.passkey_use (
  id uuid primary key,
  passkey_id uuid not null references identity.passkey (id),
  what text not null check (what in ('sign_in', 'proof')),
  session_id uuid,
  used_at timestamptz not null,
  check ((what = 'proof') = (session_id is not null))
);
comment on table identity.passkey_use is 'Challenges that were answered by a passkey: at a sign-in, or as the second factor of one that is open';
comment on column identity.passkey_use.session_id is 'The open sign-in that it counts for; that of a new one names it instead';
create index passkey_use_of_session on identity.passkey_use (session_id) where session_id is not null;
create index passkey_use_of_passkey on identity.passkey_use (passkey_id, used_at);
grant select, insert on identity.passkey_use to {{role}};
create trigger append_only before update on identity.passkey_use for each row execute function identity.refuse_change();
create trigger kept before delete on identity.passkey_use for each row execute function identity.refuse_early_delete('used_at', '365 days');

create function identity.check_passkey_use() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  -- Locked: who ends it at this moment comes first, and is seen, or comes after, and sees this.
  if not exists (select from identity.passkey p where p.id = new.passkey_id and p.ended_at is null for share) then
    raise exception 'passkey % has ended', new.passkey_id using errcode = 'check_violation';
  end if;
  if new.session_id is not null and not exists (
    select from identity.passkey p join identity.session s on s.user_id = p.user_id where p.id = new.passkey_id and s.id = new.session_id) then
    raise exception 'passkey % is of somebody else than the sign-in', new.passkey_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger of_its_person before insert on identity.passkey_use for each row execute function identity.check_passkey_use();

-- As long as the codes of a second factor are remembered; what a challenge allowed is over after five minutes.
create function identity.forget_passkey_use(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.passkey_use u using (
    select id from identity.passkey_use
    where used_at < least(at, clock_timestamp()) - interval '365 days' limit at_most for update skip locked) old
  where u.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_passkey_use(timestamptz, int) from public;
grant execute on function identity.forget_passkey_use(timestamptz, int) to {{role}};

-- How a sign-in was opened, which its tokens tell (`amr`). Null: before this was noted, by password or by link.
alter table identity.session
  add column opened_by text check (opened_by in ('password', 'link', 'passkey')),
  add column opened_with uuid,
  add constraint session_of_passkey check (opened_by is not distinct from 'passkey' and opened_with is not null
    or opened_by is distinct from 'passkey' and opened_with is null);
create unique index session_opened_with on identity.session (opened_with) where opened_with is not null;
comment on column identity.session.opened_with is 'The use of a passkey that opened it; one use opens one';

create function identity.check_session_opening() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  -- Locked: the answer was taken in a transaction before this one. Who ends the passkey in between, with its sign-ins, would not see this one,
  -- nor this one what they did.
  if new.opened_with is not null and not exists (
    select from identity.passkey_use u join identity.passkey p on p.id = u.passkey_id
    where u.id = new.opened_with and u.what = 'sign_in' and p.user_id = new.user_id and p.ended_at is null for share of p) then
    raise exception 'no passkey of this person opens this sign-in' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger opening before insert on identity.session for each row execute function identity.check_session_opening();

-- A mail about a passkey that ended, as there is one about a passkey that was added. What a notice may be is a long list that other
-- migrations extend too: it is extended where it stands.
do $$
declare rule record;
begin
  for rule in
    select conname, pg_catalog.pg_get_constraintdef(oid) as definition from pg_catalog.pg_constraint
    where conrelid = 'identity.notice'::regclass and conname in ('notice_is_of_one_thing', 'notice_of_account_only')
  loop
    execute format('alter table identity.notice drop constraint %I, add constraint %I %s', rule.conname, rule.conname,
      replace(rule.definition, '''passkey_added''::text', '''passkey_added''::text, ''passkey_ended''::text'));
  end loop;
end $$;
