-- The operator takes out what is its own by a run, and no run is released while its own money is below zero.

create table settlement.fees_release (
  run_id uuid primary key references settlement.settlement_run,
  amount bigint not null check (amount > 0),
  own_money bigint not null,
  bound bigint not null check (bound >= 0),
  currency char(3) not null check (currency = 'EUR'),
  told_number int not null references settlement.earned_total,
  at timestamptz not null,
  constraint takes_its_own_only check (amount <= own_money - bound)
);
comment on table settlement.fees_release is 'What was the operator''s own when a run of fees was released, and what of it was bound; by the totals of issuance named';
grant select, insert on settlement.fees_release to {{role}};
create trigger append_only before update or delete on settlement.fees_release
  for each row execute function settlement.refuse_change();

-- One payment, to the operator and nobody else.
create function settlement.check_fees_payment() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.operator o, settlement.settlement_run r
      where o.payee_id = new.payee_id and r.id = new.run_id and r.payment_count = 1 and r.amount = new.amount
        -- Nobody pays the operator of before a take-over out of what is another's now.
        and not exists (select from settlement.cession c where c.step = 'taken_over' and c.at > o.named_at)) then
    raise exception 'payment % of fees is not all of a run to the operator', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_fees after insert on settlement.payment
  deferrable initially deferred for each row when (new.purpose = 'fees') execute function settlement.check_fees_payment();

create function settlement.check_own_money() returns trigger language plpgsql set search_path = pg_catalog as $$
declare own bigint;
begin
  own := settlement.own_money(new.bank_account_id);
  if own < 0 then
    raise exception 'run % is not released while the operator''s own money is %', new.id, own using errcode = 'check_violation';
  end if;
  if new.purpose = 'fees' and (new.amount > own - settlement.own_money_bound(new.bank_account_id)
      or not exists (select from settlement.fees_release f where f.run_id = new.id and f.amount = new.amount)) then
    raise exception 'run % takes out more than is the operator''s own', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_own_money before update on settlement.settlement_run
  for each row when (new.state = 'released' and old.state <> 'released') execute function settlement.check_own_money();
