-- Paying: a run makes one file of payments for one bank account; one person creates it, another approves its exact
-- bytes, then it is released. A payment that the bank returns stays returned; a later run pays its statements again.

create table settlement.settlement_run (
  id uuid primary key,
  bank_account_id uuid not null references settlement.bank_account,
  state text not null check (state in ('drafted', 'approved', 'released', 'cancelled')),
  message_id text not null unique check (length(message_id) between 1 and 35),
  payment_information_id text not null unique check (length(payment_information_id) between 1 and 35),
  execution_on date not null,
  payment_count int not null check (payment_count > 0),
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  created_by text not null,
  created_at timestamptz not null,
  released_by text,
  released_at timestamptz,
  check ((state = 'released') = (released_at is not null)),
  check ((released_by is null) = (released_at is null))
);
comment on table settlement.settlement_run is 'A file of payments from one bank account, on its way from draft to release';
grant select, insert, update (state, released_by, released_at) on settlement.settlement_run to {{role}};

create table settlement.payment_file (
  run_id uuid primary key references settlement.settlement_run,
  sha256 text not null unique,
  bytes bytea not null,
  unique (run_id, sha256),
  constraint sha256_of_bytes check (sha256 = encode(sha256(bytes), 'hex'))
);
comment on table settlement.payment_file is 'The bytes for the bank, made once with the run and never again';
grant select, insert on settlement.payment_file to {{role}};
create trigger append_only before update or delete on settlement.payment_file
  for each row execute function settlement.refuse_change();

create table settlement.payment_file_download (
  run_id uuid not null references settlement.settlement_run,
  ordinal int not null check (ordinal > 0),
  user_id text not null,
  at timestamptz not null,
  primary key (run_id, ordinal)
);
comment on table settlement.payment_file_download is 'Who took the file of a released run, and when';
grant select, insert on settlement.payment_file_download to {{role}};
create trigger append_only before update or delete on settlement.payment_file_download
  for each row execute function settlement.refuse_change();

create table settlement.payment (
  id uuid primary key,
  run_id uuid not null references settlement.settlement_run,
  payee_id uuid not null references settlement.payee,
  payee_bank_account_id uuid not null,
  end_to_end_id text not null unique check (length(end_to_end_id) between 1 and 35),
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  state text not null check (state in ('instructed', 'released', 'booked', 'returned', 'cancelled')),
  live boolean generated always as (state in ('instructed', 'released', 'booked')) stored,
  unique (run_id, payee_id),
  unique (id, live),
  foreign key (payee_bank_account_id, payee_id) references settlement.payee_bank_account (id, payee_id)
);
create index payment_state on settlement.payment (state, id);
create index payment_payee on settlement.payment (payee_id);
comment on table settlement.payment is 'One instruction to pay one payee; returned or cancelled is its end, a new payment pays again';
grant select, insert, update (state) on settlement.payment to {{role}};

-- `live` follows the payment by the cascade, so that one statement is never in two live payments.
create table settlement.payment_statement (
  payment_id uuid not null,
  statement_id uuid not null references settlement.statement,
  live boolean not null,
  primary key (payment_id, statement_id),
  foreign key (payment_id, live) references settlement.payment (id, live) on update cascade
);
create unique index one_live_payment_per_statement on settlement.payment_statement (statement_id) where live;
comment on table settlement.payment_statement is 'The statements that a payment pays';
grant select, insert on settlement.payment_statement to {{role}};

create table settlement.payment_movement (
  payment_id uuid not null references settlement.payment,
  movement text not null check (movement in ('booked', 'returned')),
  bank_line_id uuid not null references settlement.bank_line,
  event_id uuid not null unique,
  booked_on date not null,
  reason_code text,
  primary key (payment_id, movement),
  check ((movement = 'returned') = (reason_code is not null))
);
create index payment_movement_line on settlement.payment_movement (bank_line_id);
comment on table settlement.payment_movement is 'What the bank did with a payment: debited it, sent it back; each at most once';
grant select, insert on settlement.payment_movement to {{role}};
create trigger append_only before update or delete on settlement.payment_movement
  for each row execute function settlement.refuse_change();

create table settlement.approval (
  run_id uuid not null,
  user_id text not null,
  sha256 text not null,
  at timestamptz not null,
  primary key (run_id, user_id),
  constraint approves_these_bytes foreign key (run_id, sha256) references settlement.payment_file (run_id, sha256)
);
comment on table settlement.approval is 'Who approved which bytes of a run, and when';
grant select, insert on settlement.approval to {{role}};
create trigger append_only before update or delete on settlement.approval
  for each row execute function settlement.refuse_change();

create function settlement.check_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.settlement_run where id = new.run_id and created_by = new.user_id) then
    raise exception 'run % cannot be approved by its creator', new.run_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.payment p join settlement.payee_bank_account b on b.id = p.payee_bank_account_id
             where p.run_id = new.run_id and b.maker = new.user_id) then
    raise exception 'run % cannot be approved by who changed a bank account that it pays to', new.run_id
      using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.settlement_run where id = new.run_id and state in ('drafted', 'approved')) then
    raise exception 'run % is past approval', new.run_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_approval before insert on settlement.approval
  for each row execute function settlement.check_approval();

create function settlement.check_run_state() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'drafted' then
      raise exception 'run % begins as a draft', new.id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (old.state, new.state) not in (('drafted', 'approved'), ('approved', 'released'), ('drafted', 'cancelled'), ('approved', 'cancelled')) then
    raise exception 'run % cannot go from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = 'approved' and not exists (select from settlement.approval where run_id = new.id) then
    raise exception 'run % has no approval', new.id using errcode = 'check_violation';
  end if;
  if new.state in ('approved', 'released') and not exists (
    select from settlement.payment where run_id = new.id and state = 'instructed'
    having count(*) = new.payment_count and sum(amount) = new.amount)
  then
    raise exception 'run % is not the sum of its payments', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_state before insert or update on settlement.settlement_run
  for each row execute function settlement.check_run_state();

create function settlement.check_payment_state() returns trigger language plpgsql set search_path = pg_catalog as $$
declare run_state text; allowed boolean;
begin
  select state into run_state from settlement.settlement_run where id = new.run_id;
  if tg_op = 'INSERT' then
    if new.state <> 'instructed' or run_state <> 'drafted' then
      raise exception 'payment % begins as an instruction of a drafted run', new.id using errcode = 'check_violation';
    end if;
    return new;
  end if;
  allowed := case
    when old.state = 'instructed' and new.state in ('released', 'cancelled') then run_state = new.state
    when (old.state, new.state) in (('released', 'booked'), ('booked', 'returned')) then
      exists (select from settlement.payment_movement where payment_id = new.id and movement = new.state)
    else false end;
  if not allowed then
    raise exception 'payment % cannot go from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_state before insert or update on settlement.payment
  for each row execute function settlement.check_payment_state();

-- At commit, when its statements are there: a payment pays exactly the net of statements of its own payee and account.
create function settlement.check_payment_amount() returns trigger language plpgsql set search_path = pg_catalog as $$
declare owed bigint;
begin
  select sum(s.net) into owed
    from settlement.payment_statement ps join settlement.statement s on s.id = ps.statement_id
    join settlement.settlement_run r on r.id = new.run_id
    where ps.payment_id = new.id and s.payee_id = new.payee_id and s.custody_account_id = r.bank_account_id;
  if owed is distinct from new.amount then
    raise exception 'payment % of % pays statements of %', new.id, new.amount, owed using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_amount after insert on settlement.payment
  deferrable initially deferred for each row execute function settlement.check_payment_amount();
