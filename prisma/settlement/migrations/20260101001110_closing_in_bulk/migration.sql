-- A closing posts hundreds of transfers in one statement: what was asked and kept for each of its rows is asked and kept once.

-- Whoever moves a pool locked the row of its transfer, one statement for each movement. Only the trigger keep_pool_movements writes
-- movements, out of the very rows that a statement added to settlement.transfer, and neither table forgets a row: it cannot be otherwise.
-- S79 finds a movement without its transfer all the same.
alter table settlement.pool_movement drop constraint pool_movement_event_id_line_fkey;

-- As before no guarded account ends below zero, or nothing of the statement stays; within it, in and out are one sum, in whatever order its
-- rows are. New accounts come first, from nothing, and then all are locked, each in the order of their names: two statements of the same
-- accounts wait for each other, and not each for the other.
-- security definer: the service's role may post, yet it cannot write a balance by hand.
create function settlement.keep_guarded_balances() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare accounts text[]; sums bigint[]; missing record;
begin
  select array_agg(account order by account), array_agg(moved order by account) into accounts, sums
  from (
    select account, sum(amount)::bigint as moved from (
      select credit as account, amount from added where settlement.is_guarded(credit)
      union all select debit, -amount from added where settlement.is_guarded(debit)) side
    group by account) ended;
  if accounts is null then
    return null;
  end if;
  insert into settlement.guarded_balance (account, balance)
    select e.account, 0 from unnest(accounts, sums) e(account, moved) where e.moved >= 0 order by e.account
    on conflict (account) do nothing;
  perform from settlement.guarded_balance where account = any(accounts) order by account for update;
  update settlement.guarded_balance g set balance = g.balance + e.moved from unnest(accounts, sums) e(account, moved) where g.account = e.account;
  select e.account, e.moved into missing from unnest(accounts, sums) e(account, moved)
    where e.moved < 0 and not exists (select from settlement.guarded_balance g where g.account = e.account) order by e.account limit 1;
  if found then
    raise exception 'account % has no balance to draw % from', missing.account, -missing.moved using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger keep_guarded_balance on settlement.transfer;
drop function settlement.keep_guarded_balance();
create trigger keep_guarded_balances after insert on settlement.transfer
  referencing new table as added for each statement execute function settlement.keep_guarded_balances();
