-- A payee that owes. A debit note is the statement of a payee whose lines come to less than nothing: a row of the same chain, with a
-- negative net, so that its lines are in no other statement. What it is owed less by are facts beside it: paid, set off, or lost.

alter table settlement.statement
  drop constraint statement_fee_check, drop constraint statement_vat_check, drop constraint statement_commons_check,
  drop constraint statement_net_check,
  -- Of a debit note, fees of an older rule may come back while those of another are taken: only the sum is signed.
  add constraint owed_one_way check (case when net > 0 then fee >= 0 and vat >= 0 and commons >= 0 else net < 0 and gross < 0 end);

create table settlement.debit_note (
  id uuid primary key references settlement.statement,
  -- As the statement has them, so that what a payee owes is found without it.
  payee_id uuid not null references settlement.payee,
  custody_account_id uuid not null,
  year int not null,
  number int not null check (number > 0),
  previous_number int generated always as (nullif(number - 1, 0)) stored,
  reference text not null unique check (reference ~ '^RF[0-9]{2}MRD[0-9A-HJKMNP-TV-Z]{10}$'),
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  negative_since date not null,
  issued_on date not null,
  due_on date not null check (due_on > issued_on),
  event_id uuid not null unique,
  issued_by text not null,
  unique (year, number),
  -- A number that is missing would be a document that somebody took away.
  constraint no_gap foreign key (year, previous_number) references settlement.debit_note (year, number),
  check (year = extract(year from issued_on)),
  check (negative_since < issued_on)
);
create index debit_note_payee on settlement.debit_note (payee_id, custody_account_id);
comment on table settlement.debit_note is 'A statement with a negative net: what a payee owes, by when, and by which reference it pays';
grant select, insert on settlement.debit_note to {{role}};
create trigger append_only before update or delete on settlement.debit_note
  for each row execute function settlement.refuse_change();

create function settlement.check_debit_note() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.statement s where s.id = new.id and s.net = -new.amount and s.payee_id = new.payee_id
      and s.custody_account_id = new.custody_account_id and s.currency = new.currency) then
    raise exception 'debit note % does not say what its statement says', new.id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.debit_note n where n.year = new.year and n.number < new.number and n.issued_on > new.issued_on) then
    raise exception 'debit note % is dated before an earlier number', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_debit_note before insert on settlement.debit_note
  for each row execute function settlement.check_debit_note();

-- At commit, because a note names its statement.
create function settlement.check_negative_statement() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.debit_note n where n.id = new.id) then
    raise exception 'statement % is negative and no debit note', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger negative_is_debit_note after insert on settlement.statement
  deferrable initially deferred for each row when (new.net < 0) execute function settlement.check_negative_statement();

create table settlement.debit_note_loss (
  id uuid primary key,
  debit_note_id uuid not null references settlement.debit_note,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  note text not null check (length(note) between 1 and 500),
  proposed_by text not null,
  proposed_at timestamptz not null
);
create index debit_note_loss_note on settlement.debit_note_loss (debit_note_id);
comment on table settlement.debit_note_loss is 'What is left of a debit note is not to be had; counts only once somebody else confirmed it';
grant select, insert on settlement.debit_note_loss to {{role}};
create trigger append_only before update or delete on settlement.debit_note_loss
  for each row execute function settlement.refuse_change();

create table settlement.debit_note_loss_decision (
  loss_id uuid primary key references settlement.debit_note_loss,
  outcome text not null check (outcome in ('confirmed', 'cancelled')),
  note text not null check (length(note) between 1 and 500),
  decided_by text not null,
  decided_at timestamptz not null
);
comment on table settlement.debit_note_loss_decision is 'What became of a proposal to write a debit note off, once';
grant select, insert on settlement.debit_note_loss_decision to {{role}};
create trigger append_only before update or delete on settlement.debit_note_loss_decision
  for each row execute function settlement.refuse_change();

create table settlement.debit_note_discharge (
  event_id uuid primary key,
  debit_note_id uuid not null references settlement.debit_note,
  kind text not null check (kind in ('paid', 'set_off', 'lost')),
  bank_line_id uuid unique references settlement.bank_line,
  statement_id uuid references settlement.statement,
  loss_id uuid unique references settlement.debit_note_loss_decision,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  at timestamptz not null,
  unique (debit_note_id, statement_id),
  check ((kind = 'paid') = (bank_line_id is not null)),
  check ((kind = 'set_off') = (statement_id is not null)),
  check ((kind = 'lost') = (loss_id is not null))
);
create index debit_note_discharge_note on settlement.debit_note_discharge (debit_note_id);
create index debit_note_discharge_statement on settlement.debit_note_discharge (statement_id) where statement_id is not null;
comment on table settlement.debit_note_discharge is 'What a debit note is owed less by: a bank credit, a statement that it was set off against, or its loss';
grant select, insert on settlement.debit_note_discharge to {{role}};
create trigger append_only before update or delete on settlement.debit_note_discharge
  for each row execute function settlement.refuse_change();

-- What is left to pay of a statement: its net, less what debit notes of its payee took of it.
create function settlement.to_pay(statement uuid, net bigint) returns bigint language sql stable as $$
  select (net - coalesce((select sum(d.amount) from settlement.debit_note_discharge d where d.statement_id = statement), 0))::bigint
$$;

create function settlement.left_of_debit_note(note uuid, amount bigint) returns bigint language sql stable as $$
  select (amount - coalesce((select sum(d.amount) from settlement.debit_note_discharge d where d.debit_note_id = note), 0))::bigint
$$;

-- Two at once meet at the lock of the note's name: together they would take more than there is.
create function settlement.check_discharge() returns trigger language plpgsql set search_path = pg_catalog as $$
declare note settlement.debit_note;
begin
  perform pg_advisory_xact_lock(hashtextextended('settlement:debit note ' || new.debit_note_id, 0));
  select * into note from settlement.debit_note where id = new.debit_note_id;
  if new.amount > settlement.left_of_debit_note(note.id, note.amount) then
    raise exception 'debit note % would be owed less than nothing', new.debit_note_id using errcode = 'check_violation';
  end if;
  if new.kind = 'paid' and not exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.amount = new.amount
      and l.bank_account_id = note.custody_account_id and l.kind in ('debit_note_paid', 'unknown_credit')) then
    raise exception 'debit note % is not paid by bank line %', new.debit_note_id, new.bank_line_id using errcode = 'check_violation';
  end if;
  -- A credit that nobody could read pays a note only once a person has said so, and nobody who stands behind an account of the payee: money
  -- that anybody sent would end what it owes, and the next run pay it in full.
  if new.kind = 'paid' and exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.kind = 'unknown_credit')
    and not exists (select from settlement.bank_line_identification i where i.bank_line_id = new.bank_line_id and i.debit_note_id = note.id
      and i.identified_by not in (select settlement.people_behind_payee(note.payee_id))) then
    raise exception 'nobody who may has said that bank line % pays debit note %', new.bank_line_id, note.id using errcode = 'check_violation';
  end if;
  if new.kind = 'lost' and not exists (select from settlement.debit_note_loss l join settlement.debit_note_loss_decision d on d.loss_id = l.id
      where l.id = new.loss_id and l.debit_note_id = new.debit_note_id and l.amount = new.amount and d.outcome = 'confirmed') then
    raise exception 'the loss of debit note % was not confirmed', new.debit_note_id using errcode = 'check_violation';
  end if;
  -- What a payment is about to pay is set off no more.
  if new.kind = 'set_off' and (not exists (select from settlement.statement s where s.id = new.statement_id and s.payee_id = note.payee_id
      and s.custody_account_id = note.custody_account_id and settlement.to_pay(s.id, s.net) >= new.amount)
    or exists (select from settlement.payment_statement p where p.statement_id = new.statement_id and p.live)) then
    raise exception 'debit note % cannot be set off against statement %', new.debit_note_id, new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_discharge before insert on settlement.debit_note_discharge
  for each row execute function settlement.check_discharge();

create or replace function settlement.check_payment_amount() returns trigger language plpgsql set search_path = pg_catalog as $$
declare owed bigint;
begin
  select sum(settlement.to_pay(s.id, s.net)) into owed
    from settlement.payment_statement ps join settlement.statement s on s.id = ps.statement_id
    join settlement.settlement_run r on r.id = new.run_id
    where ps.payment_id = new.id and s.payee_id = new.payee_id and s.custody_account_id = r.bank_account_id and s.net > 0;
  if owed is distinct from new.amount then
    raise exception 'payment % of % pays statements of %', new.id, new.amount, owed using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- The payment of a debit note is a bank credit of a kind of its own; one that nobody could read is identified by a person.
alter table settlement.bank_line
  drop constraint bank_line_kind_check, drop constraint bank_line_side_of_kind, drop constraint bank_line_posted_kinds,
  add constraint bank_line_kind_check check (kind in ('payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'payment_debit',
    'bank_charge', 'unknown_credit', 'unknown_debit', 'zero')),
  add constraint bank_line_side_of_kind check
    (side = case when kind in ('payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'unknown_credit') then 'credit'
                 when kind in ('payment_debit', 'bank_charge', 'unknown_debit') then 'debit' else side end),
  add constraint bank_line_posted_kinds check
    ((event_id is not null) = (kind in ('payer_receipt', 'psp_payout', 'debit_note_paid', 'bank_charge', 'unknown_credit')));

alter table settlement.bank_line_identification
  drop constraint bank_line_identification_kind_check,
  add constraint bank_line_identification_kind_check check (kind in ('payer_receipt', 'psp_payout', 'debit_note')),
  add column debit_note_id uuid references settlement.debit_note,
  add constraint names_its_debit_note check ((kind = 'debit_note') = (debit_note_id is not null));
