-- An installation that was ceded to another operator takes nothing any more: neither a command nor a posting nor a message of
-- its own. The database refuses it by itself, for the process too that was started before and has not heard.

create table {{schema}}.cession (
  number int primary key check (number > 0),
  step text not null check (step in ('ceded', 'released', 'reclaimed', 'taken_over')),
  -- Thumbprint of the public key that the keys are sealed to.
  receiver text not null check (length(receiver) between 1 and 100),
  at timestamptz not null
);
comment on table {{schema}}.cession is 'How this installation went to another operator, or came from one, step by step; the last step says whether it is closed';
grant select on {{schema}}.cession to {{role}};
create trigger append_only before update or delete on {{schema}}.cession
  for each row execute function {{schema}}.refuse_change();

create function {{schema}}.is_ceded() returns boolean language sql stable set search_path = pg_catalog as $$
  select coalesce((select step in ('ceded', 'released') from {{schema}}.cession order by number desc limit 1), false)
$$;

-- Whoever reads the folder goes on from its last row: what was released is never reclaimed, so that there are not two who go on.
create function {{schema}}.check_cession() returns trigger language plpgsql set search_path = pg_catalog as $$
declare before {{schema}}.cession;
begin
  select * into before from {{schema}}.cession order by number desc limit 1;
  if new.number <> coalesce(before.number, 0) + 1 then
    raise exception 'step % of the cession does not follow %', new.number, coalesce(before.number, 0) using errcode = 'check_violation';
  end if;
  if not coalesce(case new.step
      when 'ceded' then coalesce(before.step, 'reclaimed') in ('reclaimed', 'taken_over')
      when 'released' then before.step = 'ceded' and before.receiver = new.receiver
      when 'reclaimed' then before.step = 'ceded' and before.receiver = new.receiver
      else before.step = 'ceded' and before.receiver = new.receiver end, false) then
    raise exception 'an installation that is % is not %', coalesce(before.step, 'open'), new.step using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_cession before insert on {{schema}}.cession for each row execute function {{schema}}.check_cession();

-- Once per statement, and the table has at most a few rows. Read anew by each statement: who waited for the lock of the closing sees it.
create function {{schema}}.refuse_when_ceded() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if {{schema}}.is_ceded() then
    raise exception 'this installation was ceded and takes nothing any more' using errcode = 'MC001';
  end if;
  return null;
end $$;
create trigger refuse_when_ceded before insert on {{schema}}.idempotency for each statement execute function {{schema}}.refuse_when_ceded();
create trigger refuse_when_ceded before insert on {{schema}}.outbox for each statement execute function {{schema}}.refuse_when_ceded();
create trigger refuse_when_ceded before insert on {{schema}}.inbox for each statement execute function {{schema}}.refuse_when_ceded();

do $$ begin
  if to_regclass('{{schema}}.transfer') is not null then
    create trigger refuse_when_ceded before insert on {{schema}}.transfer for each statement execute function {{schema}}.refuse_when_ceded();
  end if;
end $$;
