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
-- has it, or takes it here, so that no number is given twice.
create function settlement.keep_pool_movement() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare moved record; last settlement.pool_movement;
begin
  perform pg_advisory_xact_lock(hashtextextended('settlement:commons general', 0));
  for moved in
    select substr(new.credit, 9) as pool, new.amount as amount where new.credit like 'commons:%'
    union all select substr(new.debit, 9), -new.amount where new.debit like 'commons:%'
  loop
    select * into last from settlement.pool_movement where pool = moved.pool order by number desc limit 1;
    insert into settlement.pool_movement (pool, number, event_id, line, amount, balance, entered)
    values (moved.pool, coalesce(last.number, 0) + 1, new.event_id, new.line, moved.amount, coalesce(last.balance, 0) + moved.amount,
      coalesce(last.entered, 0) + greatest(moved.amount, 0));
  end loop;
  return null;
end $$;
create trigger keep_pool_movement after insert on settlement.transfer
  for each row when (new.debit like 'commons:%' or new.credit like 'commons:%') execute function settlement.keep_pool_movement();
