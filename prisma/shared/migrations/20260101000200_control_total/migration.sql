-- What each ledger stood at when a day ended, as this service announced it: audit makes the public statements of coverage
-- from these.

-- The moment that the posting's transaction decided by, which a day is counted by; null on rows of before, which were
-- written when they were decided.
alter table {{schema}}.transfer add column booked_at timestamptz;

create table {{schema}}.control_total (
  number int primary key check (number > 0),
  previous_number int generated always as (nullif(number - 1, 0)) stored references {{schema}}.control_total,
  day date not null,
  final boolean not null,
  cut_at timestamptz not null,
  -- Of what was announced, without its number and moment: whether anything is new.
  content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
  event_id uuid not null unique,
  announced_at timestamptz not null,
  check (announced_at >= cut_at)
);
create unique index control_total_of_a_day on {{schema}}.control_total (day) where final;
comment on table {{schema}}.control_total is 'The balances of this ledger were announced: for a day that is over, or for the one that runs';
grant select, insert on {{schema}}.control_total to {{role}};
create trigger append_only before update or delete on {{schema}}.control_total
  for each row execute function {{schema}}.refuse_change();
