-- What places are owed: one line per redemption, and redemption's own totals to compare them with.

create table settlement.fee_rule (
  programme_id uuid not null,
  version int not null check (version > 0),
  effective_from date not null,
  fee_basis_points int not null check (fee_basis_points between 0 and 10000),
  vat_basis_points int not null check (vat_basis_points between 0 and 10000),
  commons_basis_points int not null check (commons_basis_points between 0 and 10000),
  published_by text not null,
  published_at timestamptz not null,
  primary key (programme_id, version),
  constraint something_is_left check (fee_basis_points * (10000 + vat_basis_points) + commons_basis_points * 10000 < 100000000)
);
comment on table settlement.fee_rule is 'What is taken from the gross at close, by programme, version and date of effect';
grant select, insert on settlement.fee_rule to {{role}};
create trigger append_only before update or delete on settlement.fee_rule
  for each row execute function settlement.refuse_change();

create table settlement.claim_line (
  id uuid primary key,
  redemption_id uuid not null unique,
  -- The number of redemption's message: statements close at such a number (the cut-off), never at a wall clock.
  source_seq bigint not null unique check (source_seq > 0),
  place_id uuid not null,
  site_id uuid not null,
  payee_id uuid not null,
  programme_id uuid not null,
  batch_id uuid not null,
  custody_account_id uuid not null,
  gross bigint not null check (gross > 0),
  currency char(3) not null check (currency = 'EUR'),
  fee_rule_version int not null check (fee_rule_version > 0),
  accreditation_version int not null check (accreditation_version > 0),
  service_date date not null,
  redeemed_at timestamptz not null,
  accrued_at timestamptz not null,
  -- Holds the place at its payee from the first line on: what is accrued to one body cannot become another's.
  constraint site_stays_with_payee foreign key (place_id, payee_id) references settlement.payee_site (place_id, payee_id)
);
create index claim_line_payee on settlement.claim_line (payee_id, custody_account_id, source_seq);
create index claim_line_place on settlement.claim_line (place_id, source_seq) include (gross);
comment on table settlement.claim_line is 'The gross owed for each redemption; belongs to the statement whose range holds its source_seq';
grant select, insert on settlement.claim_line to {{role}};
create trigger append_only before update or delete on settlement.claim_line
  for each row execute function settlement.refuse_change();

create table settlement.redemption_total_part (
  up_to_seq bigint not null check (up_to_seq >= 0),
  part int not null check (part >= 0),
  parts int not null check (parts > part),
  received_at timestamptz not null,
  primary key (up_to_seq, part)
);
comment on table settlement.redemption_total_part is 'Parts received of each of redemption''s totals; a total counts when all its parts are here';
grant select, insert on settlement.redemption_total_part to {{role}};
create trigger append_only before update or delete on settlement.redemption_total_part
  for each row execute function settlement.refuse_change();

create table settlement.redemption_total (
  up_to_seq bigint not null,
  part int not null,
  place_id uuid not null,
  count bigint not null check (count >= 0),
  amount bigint not null check (amount >= 0),
  currency char(3) not null check (currency = 'EUR'),
  primary key (up_to_seq, place_id),
  foreign key (up_to_seq, part) references settlement.redemption_total_part
);
comment on table settlement.redemption_total is 'Redemption''s own count and cents per place since its beginning, up to a message number';
grant select, insert on settlement.redemption_total to {{role}};
create trigger append_only before update or delete on settlement.redemption_total
  for each row execute function settlement.refuse_change();
