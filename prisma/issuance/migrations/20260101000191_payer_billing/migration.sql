-- What the law wants on an invoice about who receives it, and what public payers need to find it again (Chorus Pro).

create table issuance.payer_billing (
  payer_id uuid not null references issuance.payer (id),
  version int not null check (version >= 1),
  street text not null check (length(street) between 1 and 200),
  street_more text check (length(street_more) between 1 and 200),
  postal_code text not null check (length(postal_code) between 2 and 12),
  city text not null check (length(city) between 1 and 120),
  country char(2) not null check (country ~ '^[A-Z]{2}$'),
  vat_number text check (vat_number ~ '^[A-Z]{2}[A-Z0-9]{2,13}$'),
  needs_service_code boolean not null,
  needs_engagement_number boolean not null,
  given_by text not null,
  given_at timestamptz not null,
  primary key (payer_id, version)
);
comment on table issuance.payer_billing is
  'Where invoices to a payer go, and which references it demands on them; the last version counts, issued documents keep theirs';
grant select, insert on issuance.payer_billing to {{role}};
create trigger append_only before update or delete on issuance.payer_billing
  for each row execute function issuance.refuse_change();

-- Of an order, or of the draft that becomes it under the same id: a payer has its references before it accepts.
create table issuance.share_reference (
  order_id uuid not null,
  payer_id uuid not null references issuance.payer (id),
  version int not null check (version >= 1),
  service_code text check (length(service_code) between 1 and 100),
  engagement_number text check (length(engagement_number) between 1 and 50),
  given_by text not null,
  given_at timestamptz not null,
  primary key (order_id, payer_id, version),
  check (num_nonnulls(service_code, engagement_number) > 0)
);
comment on table issuance.share_reference is
  'Service code and engagement number under which a payer books its share of an order; the last version counts';
grant select, insert on issuance.share_reference to {{role}};
create trigger append_only before update or delete on issuance.share_reference
  for each row execute function issuance.refuse_change();
