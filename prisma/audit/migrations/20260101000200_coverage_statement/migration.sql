-- The public statements of coverage: what the banks state against everything that is owed, day by day, each hashed, signed
-- and naming the one before. A correction shows in a later one.
create table audit.coverage_statement (
  number int primary key check (number > 0),
  previous_number int generated always as (nullif(number - 1, 0)) stored,
  previous_sha256 text,
  day date not null,
  final boolean not null,
  -- The exact text that was hashed and signed: canonical JSON.
  content text not null,
  sha256 text not null unique check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  key_id text not null check (length(key_id) between 1 and 100),
  signature bytea not null check (length(signature) = 64),
  made_at timestamptz not null,
  unique (number, sha256),
  check ((number = 1) = (previous_sha256 is null)),
  constraint names_the_one_before foreign key (previous_number, previous_sha256) references audit.coverage_statement (number, sha256),
  constraint says_what_its_row_says check (
    (content::jsonb ->> 'number')::int = number and content::jsonb ->> 'previous' is not distinct from previous_sha256
    and content::jsonb ->> 'day' = day::text and (content::jsonb ->> 'final')::boolean = final)
);
create unique index coverage_statement_of_a_day on audit.coverage_statement (day) where final;
create index coverage_statement_day on audit.coverage_statement (day, number);
comment on table audit.coverage_statement is 'What the banks state against everything owed, for a day that is over or up to a moment of the one that runs; signed, in a chain';
grant select, insert on audit.coverage_statement to {{role}};
create trigger append_only before update or delete on audit.coverage_statement
  for each row execute function audit.refuse_change();
