-- Gifts to the commons: a bank credit that names a pool by its reference, or that a person says is for one.

alter table settlement.bank_line
  drop constraint bank_line_kind_check, drop constraint bank_line_side_of_kind, drop constraint bank_line_posted_kinds,
  add constraint bank_line_kind_check check (kind in ('payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'gift',
    'payment_debit', 'bank_charge', 'unknown_credit', 'unknown_debit', 'zero')),
  add constraint bank_line_side_of_kind check
    (side = case when kind in ('payer_receipt', 'payout_return', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'gift', 'unknown_credit') then 'credit'
                 when kind in ('payment_debit', 'bank_charge', 'unknown_debit') then 'debit' else side end),
  add constraint bank_line_posted_kinds check ((event_id is not null) =
    (kind in ('payer_receipt', 'psp_payout', 'debit_note_paid', 'place_invoice_paid', 'gift', 'bank_charge', 'unknown_credit')));

alter table settlement.bank_line_identification
  drop constraint bank_line_identification_kind_check,
  add constraint bank_line_identification_kind_check check (kind in ('payer_receipt', 'psp_payout', 'debit_note', 'paid_in', 'place_invoice', 'gift'));

create table settlement.gift (
  bank_line_id uuid primary key references settlement.bank_line,
  pool text not null check (pool ~ '^[a-z0-9_-]{1,40}$'),
  custody_account_id uuid not null references settlement.bank_account,
  amount bigint not null check (amount > 0),
  currency char(3) not null check (currency = 'EUR'),
  event_id uuid not null unique,
  at timestamptz not null
);
comment on table settlement.gift is 'A bank credit that is a gift to a pool of the commons, by its reference or by a person''s word';
grant select, insert on settlement.gift to {{role}};
create trigger append_only before update or delete on settlement.gift
  for each row execute function settlement.refuse_change();
create trigger check_pool before insert on settlement.gift
  for each row execute function settlement.check_pool();

-- The whole of one line, of which the bank or a person says so, and its posting.
create function settlement.check_gift() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.bank_line l where l.id = new.bank_line_id and l.amount = new.amount and l.bank_account_id = new.custody_account_id
      and (l.kind = 'gift' or l.kind = 'unknown_credit' and exists (select from settlement.bank_line_identification i
        where i.bank_line_id = l.id and i.kind = 'gift' and i.event_id = new.event_id))) then
    raise exception 'bank line % is no gift of % to pool %', new.bank_line_id, new.amount, new.pool using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.transfer t where t.event_id = new.event_id and t.amount = new.amount
      and t.custody_account_id = new.custody_account_id and t.credit = 'commons:' || new.pool) then
    raise exception 'the gift of bank line % was not posted to pool %', new.bank_line_id, new.pool using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_gift before insert on settlement.gift
  for each row execute function settlement.check_gift();
