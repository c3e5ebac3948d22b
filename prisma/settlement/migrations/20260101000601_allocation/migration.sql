-- What the commons pay for: proposed by one person with a reason, decided by others, each by a voice of its own, and paid by a run of its
-- own purpose to an account that two people stand behind.

create table settlement.allocation (
  id uuid primary key,
  pool text not null check (pool ~ '^[a-z0-9_-]{1,40}$'),
  custody_account_id uuid not null references settlement.bank_account,
  payee_id uuid not null references settlement.payee,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  reason text not null check (length(reason) between 1 and 500),
  proposed_by text not null,
  proposed_at timestamptz not null
);
create index allocation_payee on settlement.allocation (payee_id, custody_account_id);
comment on table settlement.allocation is 'A sum of the commons that somebody proposes to give to a payee, and why; it moves once others voted it';
grant select, insert on settlement.allocation to {{role}};
create trigger append_only before update or delete on settlement.allocation
  for each row execute function settlement.refuse_change();

create table settlement.allocation_voice (
  allocation_id uuid not null references settlement.allocation,
  user_id text not null,
  voice text not null check (voice in ('for', 'against')),
  note text check (length(note) between 1 and 500),
  at timestamptz not null,
  primary key (allocation_id, user_id)
);
comment on table settlement.allocation_voice is 'What one person said to an allocation, once';
grant select, insert on settlement.allocation_voice to {{role}};
create trigger append_only before update or delete on settlement.allocation_voice
  for each row execute function settlement.refuse_change();

create table settlement.allocation_decision (
  allocation_id uuid primary key references settlement.allocation,
  outcome text not null check (outcome in ('voted', 'declined')),
  event_id uuid unique,
  decided_at timestamptz not null,
  check ((outcome = 'voted') = (event_id is not null))
);
comment on table settlement.allocation_decision is 'What the voices came to, once: voted by two and nobody against it, or declined by the first against it';
grant select, insert on settlement.allocation_decision to {{role}};
create trigger append_only before update or delete on settlement.allocation_decision
  for each row execute function settlement.refuse_change();

create function settlement.check_allocation() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.operator where payee_id = new.payee_id) then
    raise exception 'allocation % would give the commons to the operator', new.id using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.account_to_pay(new.payee_id) a where not a.blocked) then
    raise exception 'allocation % is for a payee without a verified account', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_allocation before insert on settlement.allocation
  for each row execute function settlement.check_allocation();

-- Nobody decides alone, or for a body that its money is led to by the same person.
create function settlement.check_allocation_voice() returns trigger language plpgsql set search_path = pg_catalog as $$
declare allocation settlement.allocation;
begin
  select * into allocation from settlement.allocation where id = new.allocation_id;
  if allocation.proposed_by = new.user_id then
    raise exception 'allocation % is not decided by who proposed it', new.allocation_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.people_behind_payee(allocation.payee_id) as who where who = new.user_id) then
    raise exception 'allocation % is not decided by who stands behind the bank account of its payee', new.allocation_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.allocation_decision where allocation_id = new.allocation_id) then
    raise exception 'allocation % is decided', new.allocation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_voice before insert on settlement.allocation_voice
  for each row execute function settlement.check_allocation_voice();

create function settlement.check_allocation_decision() returns trigger language plpgsql set search_path = pg_catalog as $$
declare allocation settlement.allocation; in_favour int; against int;
begin
  select * into allocation from settlement.allocation where id = new.allocation_id;
  select count(*) filter (where voice = 'for'), count(*) filter (where voice = 'against') into in_favour, against
    from settlement.allocation_voice where allocation_id = new.allocation_id;
  if new.outcome = 'voted' and (in_favour < 2 or against > 0) or new.outcome = 'declined' and against = 0 then
    raise exception 'allocation % was not % by its voices', new.allocation_id, new.outcome using errcode = 'check_violation';
  end if;
  if new.outcome = 'voted' and exists (select from settlement.operator o where o.payee_id = allocation.payee_id) then
    raise exception 'allocation % would give the commons to the operator', new.allocation_id using errcode = 'check_violation';
  end if;
  if new.outcome = 'voted' and not exists (select from settlement.transfer t where t.event_id = new.event_id and t.amount = allocation.amount
      and t.custody_account_id = allocation.custody_account_id and t.debit = 'commons:' || allocation.pool
      and t.credit = 'allocated:' || allocation.payee_id) then
    raise exception 'allocation % was voted without its posting', new.allocation_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_decision before insert on settlement.allocation_decision
  for each row execute function settlement.check_allocation_decision();

alter table settlement.settlement_run
  drop constraint settlement_run_purpose_check,
  add constraint settlement_run_purpose_check check (purpose in ('place', 'refund', 'commons', 'fees'));

create table settlement.payment_allocation (
  payment_id uuid not null,
  allocation_id uuid not null references settlement.allocation_decision,
  live boolean not null,
  purpose text not null generated always as ('commons') stored,
  primary key (payment_id, allocation_id),
  foreign key (payment_id, live) references settlement.payment (id, live) on update cascade,
  constraint paid_of_the_commons foreign key (payment_id, purpose) references settlement.payment (id, purpose)
);
create unique index one_live_payment_per_allocation on settlement.payment_allocation (allocation_id) where live;
comment on table settlement.payment_allocation is 'The allocations that a payment pays';
grant select, insert on settlement.payment_allocation to {{role}};

create function settlement.check_commons_payment_amount() returns trigger language plpgsql set search_path = pg_catalog as $$
declare owed bigint;
begin
  select sum(a.amount) into owed
    from settlement.payment_allocation pa join settlement.allocation a on a.id = pa.allocation_id
    join settlement.allocation_decision d on d.allocation_id = a.id and d.outcome = 'voted'
    join settlement.settlement_run r on r.id = new.run_id
    where pa.payment_id = new.id and a.payee_id = new.payee_id and a.custody_account_id = r.bank_account_id;
  if owed is distinct from new.amount then
    raise exception 'payment % of % pays allocations of %', new.id, new.amount, owed using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_commons_amount after insert on settlement.payment
  deferrable initially deferred for each row when (new.purpose = 'commons') execute function settlement.check_commons_payment_amount();
