-- Refunds to payers: owed since issuance ordered them, and paid by runs of their own, apart from those to places.

create table settlement.payee_payer (
  payer_id uuid primary key,
  payee_id uuid not null references settlement.payee,
  since timestamptz not null,
  unique (payer_id, payee_id)
);
create index payee_payer_payee on settlement.payee_payer (payee_id);
comment on table settlement.payee_payer is 'Which payee a payer is, as a legal body that money is given back to';
grant select, insert on settlement.payee_payer to {{role}};
create trigger append_only before update or delete on settlement.payee_payer
  for each row execute function settlement.refuse_change();

create table settlement.refund (
  id uuid primary key,
  payer_id uuid not null,
  payee_id uuid not null,
  custody_account_id uuid not null,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  taken_at timestamptz not null,
  foreign key (payer_id, payee_id) references settlement.payee_payer (payer_id, payee_id)
);
create index refund_payee on settlement.refund (payee_id, custody_account_id, id);
comment on table settlement.refund is 'Sums that issuance ordered to be given back to a payer; each is paid by one live payment at most';
grant select, insert on settlement.refund to {{role}};
create trigger append_only before update or delete on settlement.refund
  for each row execute function settlement.refuse_change();

-- One run has one purpose, and so have its payments: a file for the bank never mixes places and payers.
alter table settlement.settlement_run add column purpose text not null default 'place' check (purpose in ('place', 'refund'));
alter table settlement.settlement_run add unique (id, purpose);
alter table settlement.payment add column purpose text not null default 'place';
alter table settlement.payment add unique (id, purpose);
alter table settlement.payment add constraint purpose_of_its_run
  foreign key (run_id, purpose) references settlement.settlement_run (id, purpose);

alter table settlement.payment_statement add column purpose text not null generated always as ('place') stored;
alter table settlement.payment_statement add constraint paid_to_a_place
  foreign key (payment_id, purpose) references settlement.payment (id, purpose);

create table settlement.payment_refund (
  payment_id uuid not null,
  refund_id uuid not null references settlement.refund,
  live boolean not null,
  purpose text not null generated always as ('refund') stored,
  primary key (payment_id, refund_id),
  foreign key (payment_id, live) references settlement.payment (id, live) on update cascade,
  constraint paid_as_a_refund foreign key (payment_id, purpose) references settlement.payment (id, purpose)
);
create unique index one_live_payment_per_refund on settlement.payment_refund (refund_id) where live;
comment on table settlement.payment_refund is 'The refunds that a payment pays';
grant select, insert on settlement.payment_refund to {{role}};

-- At commit, when what it pays is there. The older function judges payments to places, and only those from now on.
create function settlement.check_refund_payment_amount() returns trigger language plpgsql set search_path = pg_catalog as $$
declare owed bigint;
begin
  select sum(f.amount) into owed
    from settlement.payment_refund pf join settlement.refund f on f.id = pf.refund_id
    join settlement.settlement_run r on r.id = new.run_id
    where pf.payment_id = new.id and f.payee_id = new.payee_id and f.custody_account_id = r.bank_account_id;
  if owed is distinct from new.amount then
    raise exception 'payment % of % pays refunds of %', new.id, new.amount, owed using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger check_amount on settlement.payment;
create constraint trigger check_amount after insert on settlement.payment
  deferrable initially deferred for each row when (new.purpose = 'place') execute function settlement.check_payment_amount();
create constraint trigger check_refund_amount after insert on settlement.payment
  deferrable initially deferred for each row when (new.purpose = 'refund') execute function settlement.check_refund_payment_amount();
