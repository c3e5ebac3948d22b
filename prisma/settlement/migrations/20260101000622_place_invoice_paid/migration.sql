-- Invoices to places that are to be paid: for a yearly charge too, with a reference to pay by, and with what they are owed less by: paid,
-- set off against a statement, or credited. Those that a statement kept were paid by it and are owed nothing.

alter table settlement.place_invoice
  alter column statement_id drop not null,
  add column charge_id uuid references settlement.place_charge,
  -- As its text says: `netted` of its statement, paid `apart`, or `set_off` against statements to come.
  add column payment text check (payment in ('netted', 'apart', 'set_off')),
  -- Of an invoice that is to be paid; those of before references have none.
  add column reference text unique check (reference ~ '^RF[0-9]{2}MRF[0-9A-HJKMNP-TV-Z]{10}$'),
  add constraint place_invoice_is_of_one_thing check (num_nonnulls(statement_id, charge_id) = 1),
  add constraint place_charge_invoice_once unique (charge_id, kind),
  -- A charge is never taken back in part.
  add constraint a_charge_is_invoiced check (charge_id is null or kind = 'invoice'),
  add constraint reference_asks_for_money check (reference is null or (kind = 'invoice' and payment in ('apart', 'set_off')));
-- Those of before say it in their text already.
alter table settlement.place_invoice disable trigger append_only;
update settlement.place_invoice set payment = content::jsonb ->> 'payment';
alter table settlement.place_invoice enable trigger append_only;
alter table settlement.place_invoice alter column payment set not null;
comment on table settlement.place_invoice is
  'Invoices of the operator to payees for the fee of a statement or a yearly charge, and credit notes for a fee that came back; with what they say';

create or replace function settlement.check_place_invoice() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.place_invoice_series s
    where (s.seller_siren, s.kind, s.year, s.last_issued_on) = (new.seller_siren, new.kind, new.year, new.issued_on)
      and s.last_number >= new.number) then
    raise exception '% is no number drawn of its series', new.display_number using errcode = 'check_violation';
  end if;
  if new.statement_id is not null and not exists (select from settlement.statement_due_fee d join settlement.statement s on s.id = d.statement_id
    where (d.statement_id, d.kind, d.fee, d.vat, s.payee_id) = (new.statement_id, new.kind, new.fee, new.vat, new.payee_id)) then
    raise exception '% is not what statement % kept', new.display_number, new.statement_id using errcode = 'check_violation';
  end if;
  if new.charge_id is not null and not exists (select from settlement.place_charge c
    where (c.id, c.fee, c.vat, c.payee_id) = (new.charge_id, new.fee, new.vat, new.payee_id)) then
    raise exception '% is not what charge % comes to', new.display_number, new.charge_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create table settlement.place_invoice_discharge (
  id uuid primary key,
  place_invoice_id uuid not null references settlement.place_invoice,
  kind text not null check (kind in ('paid', 'set_off', 'credited')),
  bank_line_id uuid unique references settlement.bank_line,
  statement_id uuid references settlement.statement,
  credit_note_id uuid references settlement.place_invoice,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  -- Nothing is posted where a credit note is counted against an invoice: both stand on one account.
  event_id uuid unique,
  at timestamptz not null,
  unique (place_invoice_id, statement_id),
  unique (place_invoice_id, credit_note_id),
  check ((kind = 'paid') = (bank_line_id is not null)),
  check ((kind = 'set_off') = (statement_id is not null)),
  check ((kind = 'credited') = (credit_note_id is not null)),
  check ((kind = 'credited') = (event_id is null))
);
create index place_invoice_discharge_statement on settlement.place_invoice_discharge (statement_id) where statement_id is not null;
create index place_invoice_discharge_note on settlement.place_invoice_discharge (credit_note_id) where credit_note_id is not null;
comment on table settlement.place_invoice_discharge is
  'What an invoice to a place is owed less by: a bank credit, a statement that it was set off against, or a credit note';
grant select, insert on settlement.place_invoice_discharge to {{role}};
create trigger append_only before update or delete on settlement.place_invoice_discharge
  for each row execute function settlement.refuse_change();

create function settlement.left_of_place_invoice(invoice uuid, amount bigint) returns bigint language sql stable as $$
  select (amount - coalesce((select sum(d.amount) from settlement.place_invoice_discharge d where d.place_invoice_id = invoice), 0))::bigint
$$;

-- What is open: of an invoice what is still to be paid, of a credit note what no invoice was owed less by yet.
create view settlement.open_place_invoice as
  select i.id, i.kind, i.payee_id, coalesce(s.custody_account_id, c.custody_account_id) as custody_account_id, i.payment, i.reference,
    i.issued_on, i.fee + i.vat as amount, case i.kind when 'invoice' then settlement.left_of_place_invoice(i.id, i.fee + i.vat)
      else (i.fee + i.vat - coalesce((select sum(d.amount) from settlement.place_invoice_discharge d where d.credit_note_id = i.id), 0))::bigint end as left
  from settlement.place_invoice i
  left join settlement.statement s on s.id = i.statement_id
  left join settlement.place_charge c on c.id = i.charge_id
  where i.payment <> 'netted';
comment on view settlement.open_place_invoice is 'Documents to places that no statement paid at once, with what is left of each';
grant select on settlement.open_place_invoice to {{role}};
create index place_invoice_to_be_paid on settlement.place_invoice (payee_id) where payment <> 'netted';

-- Two at once meet at the lock of the payee's name: together they would take more than there is.
create function settlement.check_place_invoice_discharge() returns trigger language plpgsql set search_path = pg_catalog as $$
declare invoice settlement.open_place_invoice;
begin
  select * into invoice from settlement.open_place_invoice where id = new.place_invoice_id;
  perform pg_advisory_xact_lock(hashtextextended('settlement:invoices of payee ' || invoice.payee_id, 0));
  select * into invoice from settlement.open_place_invoice where id = new.place_invoice_id;
  if invoice.kind is distinct from 'invoice' or new.amount > invoice.left then
    raise exception 'place invoice % would be owed less than nothing', new.place_invoice_id using errcode = 'check_violation';
  end if;
  if new.kind = 'paid' and not exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.amount = new.amount
      and l.bank_account_id = invoice.custody_account_id and l.kind in ('place_invoice_paid', 'unknown_credit')) then
    raise exception 'place invoice % is not paid by bank line %', invoice.id, new.bank_line_id using errcode = 'check_violation';
  end if;
  -- As of a debit note: money that anybody sent would end what a friend owes.
  if new.kind = 'paid' and exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.kind = 'unknown_credit')
    and not exists (select from settlement.bank_line_identification i where i.bank_line_id = new.bank_line_id and i.place_invoice_id = invoice.id
      and i.identified_by not in (select settlement.people_behind_payee(invoice.payee_id))) then
    raise exception 'nobody who may has said that bank line % pays place invoice %', new.bank_line_id, invoice.id using errcode = 'check_violation';
  end if;
  if new.kind = 'set_off' and (invoice.payment <> 'set_off' or not exists (select from settlement.statement s where s.id = new.statement_id
      and s.payee_id = invoice.payee_id and s.custody_account_id = invoice.custody_account_id and settlement.to_pay(s.id, s.net) >= new.amount)
    or exists (select from settlement.payment_statement p where p.statement_id = new.statement_id and p.live)) then
    raise exception 'place invoice % cannot be set off against statement %', invoice.id, new.statement_id using errcode = 'check_violation';
  end if;
  if new.kind = 'credited' and not exists (select from settlement.open_place_invoice n where n.id = new.credit_note_id and n.kind = 'credit_note'
      and n.payee_id = invoice.payee_id and n.custody_account_id = invoice.custody_account_id and n.left >= new.amount) then
    raise exception 'place invoice % is not owed less by credit note %', invoice.id, new.credit_note_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_discharge before insert on settlement.place_invoice_discharge
  for each row execute function settlement.check_place_invoice_discharge();

-- What is left to pay of a statement: its net, less what debit notes and charges of its payee took of it.
create or replace function settlement.to_pay(statement uuid, net bigint) returns bigint language sql stable as $$
  select (net - coalesce((select sum(d.amount) from settlement.debit_note_discharge d where d.statement_id = statement), 0)
    - coalesce((select sum(d.amount) from settlement.place_invoice_discharge d where d.statement_id = statement), 0))::bigint
$$;

alter table settlement.bank_line
  drop constraint bank_line_kind_check, drop constraint bank_line_side_of_kind, drop constraint bank_line_posted_kinds,
  add constraint bank_line_kind_check check (kind in ('payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'place_invoice_paid',
    'payment_debit', 'bank_charge', 'unknown_credit', 'unknown_debit', 'zero')),
  add constraint bank_line_side_of_kind check
    (side = case when kind in ('payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'unknown_credit') then 'credit'
                 when kind in ('payment_debit', 'bank_charge', 'unknown_debit') then 'debit' else side end),
  add constraint bank_line_posted_kinds check ((event_id is not null) =
    (kind in ('payer_receipt', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'bank_charge', 'unknown_credit')));

alter table settlement.bank_line_identification
  drop constraint bank_line_identification_kind_check,
  add constraint bank_line_identification_kind_check check (kind in ('payer_receipt', 'psp_payout', 'debit_note', 'place_invoice')),
  add column place_invoice_id uuid references settlement.place_invoice,
  add constraint names_its_place_invoice check ((kind = 'place_invoice') = (place_invoice_id is not null));
