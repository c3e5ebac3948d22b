-- The public account of each pool is kept as it grows: every movement with its number, the balance after it and all that had come in by then.
-- Nobody's question adds a pool up again.

create table settlement.pool_movement (
  pool text not null,
  number int not null check (number > 0),
  event_id uuid not null,
  line smallint not null,
  amount bigint not null check (amount <> 0),
  balance bigint not null check (balance >= 0),
  entered bigint not null check (entered >= balance),
  primary key (pool, number),
  unique (pool, event_id, line),
  foreign key (event_id, line) references settlement.transfer
);
comment on table settlement.pool_movement is 'A movement of a pool of the commons, in its order: below zero out of the pool; the balance after it, and all that had come in by then';
grant select on settlement.pool_movement to {{role}};
create trigger append_only before update or delete on settlement.pool_movement
  for each row execute function settlement.refuse_change();

insert into settlement.pool_movement (pool, number, event_id, line, amount, balance, entered)
select pool, row_number() over w, event_id, line, amount, sum(amount) over w, sum(greatest(amount, 0)) over w
from (
  select substr(credit, 9) as pool, event_id, line, amount, created_at from settlement.transfer where credit like 'commons:%'
  union all select substr(debit, 9), event_id, line, -amount, created_at from settlement.transfer where debit like 'commons:%') moved
window w as (partition by pool order by created_at, event_id, line rows unbounded preceding);

-- security definer: the service's role may post, yet it cannot write the account by hand. The lock is that of the pools: whoever posts to one
-- has it, or takes it here, so that no number is given twice. Once for all postings of a statement: a closing posts hundreds at a time.
create function settlement.keep_pool_movements() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from added where credit like 'commons:%' or debit like 'commons:%') then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('settlement:commons general', 0));
  with moved as (
    select substr(credit, 9) as pool, event_id, line, amount from added where credit like 'commons:%'
    union all select substr(debit, 9), event_id, line, -amount from added where debit like 'commons:%'),
  last as (
    select p.pool, coalesce(m.number, 0) as number, coalesce(m.balance, 0) as balance, coalesce(m.entered, 0) as entered
    from (select distinct pool from moved) p
    left join lateral (select * from settlement.pool_movement k where k.pool = p.pool order by k.number desc limit 1) m on true)
  insert into settlement.pool_movement (pool, number, event_id, line, amount, balance, entered)
  select pool, l.number + row_number() over w, event_id, line, amount, l.balance + sum(amount) over w, l.entered + sum(greatest(amount, 0)) over w
  from moved join last l using (pool)
  window w as (partition by pool order by event_id, line rows unbounded preceding);
  return null;
end $$;
create trigger keep_pool_movements after insert on settlement.transfer
  referencing new table as added for each statement execute function settlement.keep_pool_movements();
