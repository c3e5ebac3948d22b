-- What payers are charged beside the face value. A rule is never edited: a later day has a later version.

create table issuance.upstream_fee_rule (
  id uuid primary key,
  -- Null: for every programme that has no rule of its own in effect.
  programme_id uuid references issuance.programme (id),
  version int not null check (version >= 1),
  effective_from date not null,
  fee_basis_points int not null check (fee_basis_points between 0 and 10000),
  vat_basis_points int not null check (vat_basis_points between 0 and 10000),
  -- How the face value stands on invoices; none of the three taxes it.
  vat_regime text not null check (vat_regime in ('out_of_scope', 'multi_purpose', 'exempt')),
  vat_provision text check (length(vat_provision) between 1 and 120),
  order_cap_cents bigint check (order_cap_cents >= 0),
  agreement_cents bigint check (agreement_cents > 0),
  agreement_cap_basis_points int check (agreement_cap_basis_points between 0 and 10000),
  published_by text not null,
  published_at timestamptz not null,
  constraint upstream_fee_rule_version unique nulls not distinct (programme_id, version),
  constraint upstream_fee_rule_day unique nulls not distinct (programme_id, effective_from),
  constraint exempt_by_a_provision check (vat_regime <> 'exempt' or vat_provision is not null),
  check ((agreement_cents is null) = (agreement_cap_basis_points is null)),
  check (agreement_cents is null or programme_id is not null)
);
comment on table issuance.upstream_fee_rule is
  'What a payer is charged for an order from a day on: a part of its face value with VAT on it, at most the caps; of one programme, or the usual';
grant select, insert on issuance.upstream_fee_rule to {{role}};
create trigger append_only before update or delete on issuance.upstream_fee_rule
  for each row execute function issuance.refuse_change();

create table issuance.upstream_fee_service (
  rule_id uuid not null references issuance.upstream_fee_rule (id),
  position smallint not null check (position between 0 and 19),
  label text not null check (length(label) between 1 and 120),
  amount_cents bigint not null check (amount_cents > 0),
  primary key (rule_id, position)
);
comment on table issuance.upstream_fee_service is 'Fixed amounts that a rule adds to each order, without VAT: kits, delivery, engineering';
grant select, insert on issuance.upstream_fee_service to {{role}};
create trigger append_only before update or delete on issuance.upstream_fee_service
  for each row execute function issuance.refuse_change();
