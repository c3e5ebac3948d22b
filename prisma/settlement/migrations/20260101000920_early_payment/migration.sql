-- A part of what is due to a place is paid before its statement: an instalment on a debt that exists, never a loan. The commons set the sum
-- aside, a run of its own purpose pays it, and the next statement is paid so much less, with which the sum is the commons' again.

create table settlement.early_payment_rule (
  programme_id uuid not null,
  version int not null check (version > 0),
  effective_from date not null,
  -- Of what the lines of the programme would be paid now. Never all of it: a line may be undone before its statement closes. 0: no more.
  share_basis_points int not null check (share_basis_points between 0 and 9000),
  -- For one payee and custody account, whatever its share comes to.
  ceiling bigint not null check (ceiling between 0 and 10000000),
  -- Behind a payee since its last finding: since its first statement, and in its statements.
  months_min int not null check (months_min between 1 and 60),
  redemptions_min int not null check (redemptions_min between 1 and 100000),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  published_by text not null,
  published_at timestamptz not null,
  primary key (programme_id, version),
  constraint not_of_a_day_that_has_begun check (effective_from > (published_at at time zone 'Europe/Paris')::date)
);
comment on table settlement.early_payment_rule is 'How much of what is due may be paid early, and to whom, by programme, version and day of effect';
grant select, insert on settlement.early_payment_rule to {{role}};
create trigger append_only before update or delete on settlement.early_payment_rule
  for each row execute function settlement.refuse_change();

create function settlement.check_early_payment_rule() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.early_payment_rule where programme_id = new.programme_id and version < new.version and effective_from >= new.effective_from) then
    raise exception 'a rule of early payment of programme % has effect later than version %', new.programme_id, new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_order before insert on settlement.early_payment_rule
  for each row execute function settlement.check_early_payment_rule();

create table settlement.early_payment (
  id uuid primary key,
  pool text not null check (pool ~ '^[a-z0-9_-]{1,40}$'),
  payee_id uuid not null references settlement.payee,
  custody_account_id uuid not null references settlement.bank_account,
  amount bigint not null check (amount > 0),
  -- What its open lines would have been paid at that moment, and what of it was asked for early before.
  due bigint not null,
  open_before bigint not null check (open_before >= 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  asked_by text not null,
  asked_at timestamptz not null,
  constraint an_instalment_on_what_is_due check (open_before + amount <= due)
);
create index early_payment_payee on settlement.early_payment (payee_id, custody_account_id);
comment on table settlement.early_payment is 'A sum of the commons set aside, to pay a part of what is due to a payee before its statement';
grant select, insert on settlement.early_payment to {{role}};
create trigger append_only before update or delete on settlement.early_payment
  for each row execute function settlement.refuse_change();

create table settlement.early_payment_end (
  id uuid primary key,
  early_payment_id uuid not null references settlement.early_payment,
  kind text not null check (kind in ('netted', 'lapsed')),
  statement_id uuid references settlement.statement,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  at timestamptz not null,
  constraint netted_once_a_statement unique (early_payment_id, statement_id),
  check ((kind = 'netted') = (statement_id is not null))
);
create index early_payment_end_statement on settlement.early_payment_end (statement_id) where statement_id is not null;
create unique index early_payment_lapses_once on settlement.early_payment_end (early_payment_id) where kind = 'lapsed';
comment on table settlement.early_payment_end is 'What the commons have back of an early payment: netted in a statement, or lapsed because it was never paid';
grant select, insert on settlement.early_payment_end to {{role}};
create trigger append_only before update or delete on settlement.early_payment_end
  for each row execute function settlement.refuse_change();

create table settlement.payment_early (
  payment_id uuid not null,
  early_payment_id uuid not null references settlement.early_payment,
  live boolean not null,
  purpose text not null generated always as ('early') stored,
  primary key (payment_id, early_payment_id),
  foreign key (payment_id, live) references settlement.payment (id, live) on update cascade,
  constraint paid_early foreign key (payment_id, purpose) references settlement.payment (id, purpose)
);
create unique index one_live_payment_per_early_payment on settlement.payment_early (early_payment_id) where live;
comment on table settlement.payment_early is 'The early payments that a payment pays';
grant select, insert on settlement.payment_early to {{role}};

-- What the commons have not had back of it.
create function settlement.left_of_early_payment(early uuid, amount bigint) returns bigint language sql stable as $$
  select (amount - coalesce((select sum(e.amount) from settlement.early_payment_end e where e.early_payment_id = early), 0))::bigint
$$;

-- What its payee is to be paid by it: all but what lapsed. What was netted and came back from the bank is owed again.
create function settlement.to_pay_early(early uuid, amount bigint) returns bigint language sql stable as $$
  select (amount - coalesce((select sum(e.amount) from settlement.early_payment_end e where e.early_payment_id = early and e.kind = 'lapsed'), 0))::bigint
$$;

create function settlement.is_paid_early(early uuid) returns boolean language sql stable as $$
  select exists (select from settlement.payment_early pe join settlement.payment p on p.id = pe.payment_id
    where pe.early_payment_id = early and p.state in ('released', 'booked'))
$$;

-- The gross of what is open is more than what it would be paid: the rule of shares is the service's, that it is due at all is held here.
create function settlement.is_due(payee uuid, custody uuid, wanted bigint) returns boolean language sql stable as $$
  select wanted <= coalesce((select sum(l.gross) from settlement.due_lines(payee, custody, (select max(s.up_to_seq) from settlement.statement s
    where s.payee_id = payee and s.custody_account_id = custody), 9223372036854775807) l), 0)
$$;
grant execute on function settlement.left_of_early_payment(uuid, bigint), settlement.to_pay_early(uuid, bigint), settlement.is_paid_early(uuid),
  settlement.is_due(uuid, uuid, bigint) to {{role}};

-- Two at once meet at the payee's name: together they would be more than is due.
create function settlement.check_early_payment() returns trigger language plpgsql set search_path = pg_catalog as $$
declare open bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('settlement:early payments of payee ' || new.payee_id, 0));
  select coalesce(sum(settlement.left_of_early_payment(e.id, e.amount)), 0) into open from settlement.early_payment e
    where e.payee_id = new.payee_id and e.custody_account_id = new.custody_account_id;
  if open <> new.open_before or not settlement.is_due(new.payee_id, new.custody_account_id, open + new.amount) then
    raise exception 'early payment % is not of what is due', new.id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.operator where payee_id = new.payee_id)
    or not exists (select from settlement.account_to_pay(new.payee_id) a where not a.blocked) then
    raise exception 'early payment % is for a payee that takes none', new.id using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.transfer t where t.event_id = new.event_id and t.amount = new.amount
      and t.custody_account_id = new.custody_account_id and t.debit = 'commons:' || new.pool and t.credit = 'commons_lent:' || new.pool) then
    raise exception 'early payment % was not set aside', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_early_payment before insert on settlement.early_payment
  for each row execute function settlement.check_early_payment();

create function settlement.check_early_payment_end() returns trigger language plpgsql set search_path = pg_catalog as $$
declare early settlement.early_payment;
begin
  select * into early from settlement.early_payment where id = new.early_payment_id;
  perform pg_advisory_xact_lock(hashtextextended('settlement:early payments of payee ' || early.payee_id, 0));
  if new.amount > settlement.left_of_early_payment(early.id, early.amount) then
    raise exception 'early payment % would end twice', early.id using errcode = 'check_violation';
  end if;
  if settlement.is_paid_early(early.id) <> (new.kind = 'netted') then
    raise exception 'early payment % cannot be %', early.id, new.kind using errcode = 'check_violation';
  end if;
  if new.kind = 'netted' and (not exists (select from settlement.statement s where s.id = new.statement_id and s.payee_id = early.payee_id
      and s.custody_account_id = early.custody_account_id and settlement.to_pay(s.id, s.net) >= new.amount)
    or exists (select from settlement.payment_statement p where p.statement_id = new.statement_id and p.live)) then
    raise exception 'early payment % cannot be netted in statement %', early.id, new.statement_id using errcode = 'check_violation';
  end if;
  if new.kind = 'lapsed' and new.amount <> settlement.left_of_early_payment(early.id, early.amount) then
    raise exception 'early payment % lapses whole', early.id using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.transfer t where t.event_id = new.event_id and t.amount = new.amount
      and t.debit = 'commons_lent:' || early.pool and t.credit = 'commons:' || early.pool) then
    raise exception 'the commons have nothing back of early payment %', early.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_end before insert on settlement.early_payment_end
  for each row execute function settlement.check_early_payment_end();

-- What is left to pay of a statement: its net, less what debit notes and charges of its payee took of it, and what was paid early.
create or replace function settlement.to_pay(statement uuid, net bigint) returns bigint language sql stable as $$
  select (net - coalesce((select sum(d.amount) from settlement.debit_note_discharge d where d.statement_id = statement), 0)
    - coalesce((select sum(d.amount) from settlement.place_invoice_discharge d where d.statement_id = statement), 0)
    - coalesce((select sum(e.amount) from settlement.early_payment_end e where e.statement_id = statement), 0))::bigint
$$;

alter table settlement.settlement_run
  drop constraint settlement_run_purpose_check,
  add constraint settlement_run_purpose_check check (purpose in ('place', 'refund', 'commons', 'fees', 'early'));

create function settlement.check_early_payment_amount() returns trigger language plpgsql set search_path = pg_catalog as $$
declare owed bigint;
begin
  select sum(settlement.to_pay_early(e.id, e.amount)) into owed
    from settlement.payment_early pe join settlement.early_payment e on e.id = pe.early_payment_id
    join settlement.settlement_run r on r.id = new.run_id
    where pe.payment_id = new.id and e.payee_id = new.payee_id and e.custody_account_id = r.bank_account_id;
  if owed is distinct from new.amount then
    raise exception 'payment % of % pays early payments of %', new.id, new.amount, owed using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_early_amount after insert on settlement.payment
  deferrable initially deferred for each row when (new.purpose = 'early') execute function settlement.check_early_payment_amount();

-- Between its draft and its release a closing may have paid in full what the run would pay early, or lines were undone or held.
create function settlement.is_over_early(payment uuid) returns boolean language sql stable as $$
  select p.purpose = 'early' and (
    p.amount <> coalesce((select sum(settlement.to_pay_early(e.id, e.amount)) from settlement.payment_early pe
      join settlement.early_payment e on e.id = pe.early_payment_id where pe.payment_id = p.id), 0)
    or not settlement.is_due(p.payee_id, r.bank_account_id, coalesce((select sum(settlement.left_of_early_payment(e.id, e.amount))
      from settlement.early_payment e where e.payee_id = p.payee_id and e.custody_account_id = r.bank_account_id), 0)::bigint))
  from settlement.payment p join settlement.settlement_run r on r.id = p.run_id where p.id = payment
$$;
grant execute on function settlement.is_over_early(uuid) to {{role}};

create function settlement.check_early_release() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if settlement.is_over_early(new.id) then
    raise exception 'payment % would pay early what is not due any more', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_early_release before update on settlement.payment
  for each row when (new.purpose = 'early' and new.state = 'released' and old.state <> 'released') execute function settlement.check_early_release();
