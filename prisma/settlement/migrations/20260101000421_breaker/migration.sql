-- What is unusual about a run is named by each of its approvers, of whom it then needs two; whom a run leaves out is kept with it.

create table settlement.approval_breaker (
  run_id uuid not null,
  user_id text not null,
  breaker text not null check (breaker in ('total', 'new_accounts', 'largest_payment')),
  figures jsonb not null,
  reason text not null check (length(reason) between 1 and 500),
  primary key (run_id, user_id, breaker),
  foreign key (run_id, user_id) references settlement.approval (run_id, user_id)
);
comment on table settlement.approval_breaker is 'What was unusual about a run when somebody approved it, by which figures, and why that person found it right';
grant select, insert on settlement.approval_breaker to {{role}};
create trigger append_only before update or delete on settlement.approval_breaker
  for each row execute function settlement.refuse_change();

create function settlement.check_breaker_approvals() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.approval_breaker where run_id = new.id)
    and (select count(*) from settlement.approval where run_id = new.id) < 2
  then
    raise exception 'run % is unusual and has one approval', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_breaker_approvals before update of state on settlement.settlement_run
  for each row when (new.state in ('approved', 'released')) execute function settlement.check_breaker_approvals();

create table settlement.run_left_out (
  run_id uuid not null references settlement.settlement_run,
  payee_id uuid not null references settlement.payee,
  reason text not null check (length(reason) between 1 and 40),
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  primary key (run_id, payee_id, reason)
);
comment on table settlement.run_left_out is 'Whom a run did not pay when it was made, and why';
grant select, insert on settlement.run_left_out to {{role}};
create trigger append_only before update or delete on settlement.run_left_out
  for each row execute function settlement.refuse_change();

-- Two people stand behind an account: neither of them is the one who first lets money go there.
create or replace function settlement.check_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.settlement_run where id = new.run_id and created_by = new.user_id) then
    raise exception 'run % cannot be approved by its creator', new.run_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.payment p join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
             where p.run_id = new.run_id and (b.maker = new.user_id or (b.checker = new.user_id and not exists (
               select from settlement.payment paid join settlement.settlement_run r on r.id = paid.run_id
               where paid.payee_bank_account_id = b.id and r.state = 'released' and r.id <> new.run_id)))) then
    raise exception 'run % cannot be approved by who changed a bank account that it pays to', new.run_id
      using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.settlement_run where id = new.run_id and state in ('drafted', 'approved')) then
    raise exception 'run % is past approval', new.run_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create index payment_account on settlement.payment (payee_bank_account_id);
