-- Money that goes back to payers: their share of what expired, or cover that nobody will use any more.

create table issuance.refund (
  id uuid primary key,
  payer_id uuid not null references issuance.payer (id),
  statement_id uuid references issuance.signed_statement (statement_id),
  programme_id uuid references issuance.programme (id),
  custody_account_id uuid not null,
  amount_cents bigint not null check (amount_cents > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  requested_by text not null,
  requested_at timestamptz not null,
  constraint refund_of_one_source check (num_nonnulls(statement_id, programme_id) = 1),
  constraint refund_of_a_share_once unique (statement_id, payer_id),
  foreign key (statement_id, payer_id) references issuance.contradictory_statement_share (statement_id, payer_id)
);
create index refund_payer on issuance.refund (payer_id, id);
comment on table issuance.refund is 'Sums that were ordered to be given back to a payer: a signed share of expired value, or unused cover of a programme';
grant select, insert on issuance.refund to {{role}};
create trigger append_only before update or delete on issuance.refund
  for each row execute function issuance.refuse_change();

create function issuance.check_refund() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.statement_id is not null and not exists (
    select from issuance.contradictory_statement c join issuance.contradictory_statement_share s on s.statement_id = c.id
    where c.id = new.statement_id and c.outcome = 'refund' and s.payer_id = new.payer_id and s.expired_cents = new.amount_cents)
  then
    raise exception 'refund % is not the share that was signed', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_refund before insert on issuance.refund
  for each row execute function issuance.check_refund();

create table issuance.refund_movement (
  refund_id uuid not null references issuance.refund (id),
  payment_id uuid not null,
  movement text not null check (movement in ('booked', 'returned')),
  booked_on date not null,
  reason_code text,
  taken_at timestamptz not null,
  primary key (refund_id, payment_id, movement)
);
comment on table issuance.refund_movement is 'What the bank did with a payment of a refund, as settlement told it; a returned refund is paid again by another payment';
grant select, insert on issuance.refund_movement to {{role}};
create trigger append_only before update or delete on issuance.refund_movement
  for each row execute function issuance.refuse_change();
