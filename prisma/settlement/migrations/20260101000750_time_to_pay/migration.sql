-- Which months were measured: how long places waited for what was paid to them. The figures are in the event, told once, so that
-- nobody has two answers for one month.
create table settlement.measured_month (
  month date primary key check (extract(day from month) = 1),
  event_id uuid not null unique,
  measured_at timestamptz not null,
  constraint month_is_over check (month + interval '1 month' <= (measured_at at time zone 'Europe/Paris'))
);
comment on table settlement.measured_month is 'A month of which it was told how long places waited for their money';
grant select, insert on settlement.measured_month to {{role}};
create trigger append_only before update or delete on settlement.measured_month
  for each row execute function settlement.refuse_change();
