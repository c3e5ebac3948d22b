-- The registry of coefficients: what turns facts into estimates, each with its range and where it comes from. The first one is of the law.
create table audit.impact_coefficient (
  code text not null check (code in ('legal_year_hours', 'avoided_cost_cents_per_person', 'local_share', 'consolidating_cents_per_year')),
  version int not null check (version > 0),
  low numeric not null check (low > 0),
  value numeric not null,
  high numeric not null check (high < 1e12),
  source text not null check (length(source) between 10 and 500),
  source_year int not null check (source_year between 1900 and 2200),
  scope text not null check (length(scope) between 2 and 200),
  published_by text not null,
  published_at timestamptz not null,
  primary key (code, version),
  constraint value_is_in_its_range check (low <= value and value <= high),
  -- A share of something is no more than all of it.
  constraint share_is_at_most_all check (code <> 'local_share' or high <= 1)
);
comment on table audit.impact_coefficient is 'A version of a coefficient of the impact: value, range, source, year and scope; in force is the latest';
grant select, insert on audit.impact_coefficient to {{role}};
create trigger append_only before update or delete on audit.impact_coefficient
  for each row execute function audit.refuse_change();

insert into audit.impact_coefficient (code, version, low, value, high, source, source_year, scope, published_by, published_at)
values ('legal_year_hours', 1, 1607, 1607, 1607, 'Code du travail, article L3121-41: durée annuelle légale de travail à temps plein', 2016, 'France', 'the law', '2026-01-01T00:00:00Z');
