-- Quotes, invoices and credit notes: numbered without gaps, never edited, kept as the bytes that left.

create table issuance.invoice_series (
  seller_siren char(9) not null check (seller_siren ~ '^[0-9]{9}$'),
  kind text not null check (kind in ('quote', 'invoice', 'credit_note')),
  year smallint not null check (year between 2000 and 9999),
  last_number int not null check (last_number between 1 and 999999),
  last_issued_on date not null,
  primary key (seller_siren, kind, year),
  check (extract(year from last_issued_on) = year)
);
comment on table issuance.invoice_series is
  'The last number of each series: its row is locked by whoever draws the next, until that document is committed or never was';
grant select, insert on issuance.invoice_series to {{role}};
grant update (last_number, last_issued_on) on issuance.invoice_series to {{role}};
create trigger no_delete before delete on issuance.invoice_series
  for each row execute function issuance.refuse_change();
create trigger one_by_one before update on issuance.invoice_series for each row
  when (new.last_number <> old.last_number + 1 or new.last_issued_on < old.last_issued_on)
  execute function issuance.refuse_change();

create table issuance.invoice (
  id uuid primary key,
  seller_siren char(9) not null,
  kind text not null,
  year smallint not null,
  number int not null check (number >= 1),
  display_number text not null,
  -- Of a quote: the draft, which becomes an order under the same id.
  order_id uuid not null,
  payer_id uuid not null references issuance.payer (id),
  share_of uuid generated always as (case kind when 'quote' then null else order_id end) stored,
  cites_id uuid references issuance.invoice (id),
  reason text check (reason in ('expiry', 'cancellation', 'correction')),
  -- Of a quote and an invoice: by which rule the fee was found; null: none charged anything.
  fee_rule_id uuid references issuance.upstream_fee_rule (id),
  issued_on date not null,
  face_cents bigint not null check (face_cents >= 0),
  fee_cents bigint not null check (fee_cents >= 0),
  vat_cents bigint not null check (vat_cents >= 0),
  -- Of a credit note: the part of its fee and VAT that had been paid, and is cover of the payer now.
  covered_cents bigint not null default 0 check (covered_cents between 0 and fee_cents + vat_cents),
  currency char(3) not null check (currency = 'EUR'),
  content jsonb not null,
  pdf bytea not null check (length(pdf) between 1 and 2000000),
  pdf_sha256 char(64) not null,
  xml text,
  xml_sha256 char(64),
  event_id uuid unique,
  issued_by text not null,
  issued_at timestamptz not null,
  constraint invoice_number_once unique (seller_siren, kind, year, number),
  constraint invoice_of_a_series foreign key (seller_siren, kind, year) references issuance.invoice_series (seller_siren, kind, year),
  constraint invoice_of_a_share foreign key (share_of, payer_id) references issuance.order_share (order_id, payer_id),
  constraint invoice_of_its_year check (extract(year from issued_on) = year),
  constraint invoice_of_something check (face_cents + fee_cents + vat_cents > 0),
  constraint credit_note_cites check ((kind = 'credit_note') = (cites_id is not null) and (cites_id is null) = (reason is null)),
  constraint credit_note_gives_back check (covered_cents = 0 or kind = 'credit_note'),
  constraint quote_is_no_invoice check ((kind = 'quote') = (event_id is null) and (event_id is null) = (xml is null)),
  constraint pdf_sha256_of_pdf check (pdf_sha256 = encode(sha256(pdf), 'hex')),
  constraint xml_sha256_of_xml check (xml_sha256 is not distinct from encode(sha256(convert_to(xml, 'UTF8')), 'hex'))
);
create index invoice_order on issuance.invoice (order_id, payer_id);
create index invoice_payer on issuance.invoice (payer_id, id);
create index invoice_display_number on issuance.invoice (display_number);
create index invoice_cites on issuance.invoice (cites_id) where cites_id is not null;
comment on table issuance.invoice is
  'Documents to payers, numbered: quotes, invoices, and credit notes that cite one; with what they say and the bytes that left';
grant select, insert on issuance.invoice to {{role}};
create trigger append_only before update or delete on issuance.invoice
  for each row execute function issuance.refuse_change();

-- The number is the one just drawn from the locked row, and a number that is drawn is used: no gap, whatever the code does.
create function issuance.check_invoice_number() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from issuance.invoice_series s
    where (s.seller_siren, s.kind, s.year, s.last_number, s.last_issued_on)
      = (new.seller_siren, new.kind, new.year, new.number, new.issued_on)) then
    raise exception '% is not the last number drawn of its series', new.display_number using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_number before insert on issuance.invoice
  for each row execute function issuance.check_invoice_number();

create function issuance.check_invoice_series() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from issuance.invoice i
    where (i.seller_siren, i.kind, i.year, i.number) = (new.seller_siren, new.kind, new.year, new.last_number)) then
    raise exception 'number % of series % % was drawn and not used', new.last_number, new.kind, new.year using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger series_without_gap after insert or update on issuance.invoice_series
  deferrable initially deferred for each row execute function issuance.check_invoice_series();

-- A credit note is of an invoice of the same payer and order, and all of them together are no more than it, part by part.
-- security definer: locks the invoice, which the service's role may not change, so that two credit notes of one queue.
create function issuance.check_credit_note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare original issuance.invoice; given record;
begin
  select * into original from issuance.invoice where id = new.cites_id for update;
  if (original.kind, original.order_id, original.payer_id, original.seller_siren)
    is distinct from ('invoice', new.order_id, new.payer_id, new.seller_siren) then
    raise exception 'credit note % cites no invoice of its payer and order', new.display_number using errcode = 'check_violation';
  end if;
  select coalesce(sum(face_cents), 0) as face, coalesce(sum(fee_cents), 0) as fee, coalesce(sum(vat_cents), 0) as vat into given
    from issuance.invoice where cites_id = new.cites_id;
  if given.face + new.face_cents > original.face_cents or given.fee + new.fee_cents > original.fee_cents
    or given.vat + new.vat_cents > original.vat_cents then
    raise exception 'credit note % exceeds what is left of invoice %', new.display_number, original.display_number
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_credit_note before insert on issuance.invoice
  for each row when (new.cites_id is not null) execute function issuance.check_credit_note();

create table issuance.invoice_delivery (
  invoice_id uuid primary key references issuance.invoice (id),
  way text not null check (way in ('file_drop')),
  tries int not null default 0 check (tries >= 0),
  delivered_at timestamptz,
  place text,
  check ((delivered_at is null) = (place is null))
);
create index invoice_delivery_waiting on issuance.invoice_delivery (tries, invoice_id) where delivered_at is null;
comment on table issuance.invoice_delivery is
  'An issued document that has to leave, committed with it; where it went and when, once that is known';
grant select, insert on issuance.invoice_delivery to {{role}};
grant update (tries, delivered_at, place) on issuance.invoice_delivery to {{role}};
create trigger no_delete before delete on issuance.invoice_delivery
  for each row execute function issuance.refuse_change();
create trigger delivered_once before update on issuance.invoice_delivery for each row
  when (old.delivered_at is not null) execute function issuance.refuse_change();
