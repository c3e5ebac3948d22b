-- What statements kept of places as the operator's fee is invoiced to their payees: numbered without gaps, never edited, kept as
-- the text that each document says. Series of their own beside those of issuance, as the prefix of their numbers tells.

alter table settlement.known_place add column address text check (length(address) between 1 and 300);
comment on column settlement.known_place.address is 'Where it is, when a public list says so: stands on invoices until the payee gives another address';

create table settlement.payee_billing (
  payee_id uuid not null references settlement.payee,
  version int not null check (version > 0),
  address text not null check (length(address) between 1 and 300),
  vat_number text check (vat_number ~ '^[A-Z]{2}[A-Z0-9]{2,13}$'),
  given_by text not null,
  given_at timestamptz not null,
  primary key (payee_id, version)
);
comment on table settlement.payee_billing is 'Where invoices to a payee are addressed; the latest version stands on later invoices only';
grant select, insert on settlement.payee_billing to {{role}};
create trigger append_only before update or delete on settlement.payee_billing
  for each row execute function settlement.refuse_change();

create table settlement.place_invoice_series (
  seller_siren char(9) not null check (seller_siren ~ '^[0-9]{9}$'),
  kind text not null check (kind in ('invoice', 'credit_note')),
  year smallint not null check (year between 2000 and 9999),
  last_number int not null check (last_number between 1 and 9999999),
  last_issued_on date not null,
  primary key (seller_siren, kind, year),
  check (extract(year from last_issued_on) = year)
);
comment on table settlement.place_invoice_series is
  'The last number of each series: its row is locked by whoever draws the next ones, until those documents are committed or never were';
grant select, insert on settlement.place_invoice_series to {{role}};
grant update (last_number, last_issued_on) on settlement.place_invoice_series to {{role}};
create trigger no_delete before delete on settlement.place_invoice_series
  for each row execute function settlement.refuse_change();
create trigger only_forward before update on settlement.place_invoice_series for each row
  when (new.last_number <= old.last_number or new.last_issued_on < old.last_issued_on)
  execute function settlement.refuse_change();

create table settlement.place_invoice (
  id uuid primary key,
  seller_siren char(9) not null,
  kind text not null,
  year smallint not null,
  number int not null check (number >= 1),
  display_number text not null,
  payee_id uuid not null references settlement.payee,
  statement_id uuid not null references settlement.statement,
  issued_on date not null,
  fee bigint not null check (fee >= 0),
  vat bigint not null check (vat >= 0),
  currency char(3) not null check (currency = 'EUR'),
  content text not null,
  sha256 text not null unique,
  event_id uuid not null unique,
  issued_at timestamptz not null,
  constraint place_invoice_number_once unique (seller_siren, kind, year, number),
  constraint place_invoice_once unique (statement_id, kind),
  constraint place_invoice_of_a_series foreign key (seller_siren, kind, year)
    references settlement.place_invoice_series (seller_siren, kind, year),
  constraint place_invoice_of_its_year check (extract(year from issued_on) = year),
  constraint place_invoice_of_something check (fee + vat > 0),
  constraint sha256_of_content check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index place_invoice_payee on settlement.place_invoice (payee_id, id);
create index place_invoice_display_number on settlement.place_invoice (display_number);
comment on table settlement.place_invoice is
  'Invoices of the operator to payees for the fee that a statement kept, and credit notes for a fee that came back; with what they say';
grant select, insert on settlement.place_invoice to {{role}};
create trigger append_only before update or delete on settlement.place_invoice
  for each row execute function settlement.refuse_change();

-- What a statement is invoiced, by the sign of its groups: an incident under an older rule brings a fee back beside those that are due.
create view settlement.statement_due_fee as
  select f.statement_id, case when f.gross < 0 then 'credit_note' else 'invoice' end as kind,
    abs(sum(f.fee))::bigint as fee, abs(sum(f.vat))::bigint as vat
  from settlement.statement_fee f group by 1, 2 having sum(f.fee) <> 0 or sum(f.vat) <> 0;
comment on view settlement.statement_due_fee is 'The documents that a statement asks for, and what they come to';
grant select on settlement.statement_due_fee to {{role}};

-- Few statements bring a fee back: they are found without a look at all the others.
create index statement_fee_back on settlement.statement_fee (statement_id) where gross < 0;

create view settlement.invoiceable_payee as
  select p.id as payee_id, p.legal_name as name, p.siren, b.vat_number, coalesce(b.address, k.address) as address
  from settlement.payee p
  left join lateral (select address, vat_number from settlement.payee_billing g where g.payee_id = p.id order by g.version desc limit 1) b on true
  left join lateral (select n.address from settlement.payee_site t join settlement.known_place n on n.place_id = t.place_id
    where t.payee_id = p.id and n.address is not null order by t.since, t.place_id limit 1) k on true
  where p.siren is not null and coalesce(b.address, k.address) is not null;
comment on view settlement.invoiceable_payee is 'Payees of whom all is known that an invoice has to say; the address is what they gave, or that of their first place';
grant select on settlement.invoiceable_payee to {{role}};

create function settlement.check_place_invoice() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from settlement.place_invoice_series s
    where (s.seller_siren, s.kind, s.year, s.last_issued_on) = (new.seller_siren, new.kind, new.year, new.issued_on)
      and s.last_number >= new.number) then
    raise exception '% is no number drawn of its series', new.display_number using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.statement_due_fee d join settlement.statement s on s.id = d.statement_id
    where (d.statement_id, d.kind, d.fee, d.vat, s.payee_id) = (new.statement_id, new.kind, new.fee, new.vat, new.payee_id)) then
    raise exception '% is not what statement % kept', new.display_number, new.statement_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_invoice before insert on settlement.place_invoice
  for each row execute function settlement.check_place_invoice();

-- Numbers that are drawn are used: no gap, whatever the code does. Those drawn before were checked when they were.
create function settlement.check_place_invoice_series() returns trigger language plpgsql set search_path = pg_catalog as $$
declare before int := 0; used int;
begin
  if tg_op = 'UPDATE' then
    before := old.last_number;
  end if;
  select count(*) into used from settlement.place_invoice i
    where (i.seller_siren, i.kind, i.year) = (new.seller_siren, new.kind, new.year) and i.number > before and i.number <= new.last_number;
  if used <> new.last_number - before then
    raise exception 'of numbers % to % of series % %, % were used', before + 1, new.last_number, new.kind, new.year, used
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger series_without_gap after insert or update on settlement.place_invoice_series
  deferrable initially deferred for each row execute function settlement.check_place_invoice_series();
