-- A period of some programme has ended and nobody has closed since: redemption was told, once, so that it totals.
create table settlement.closing_call (
  period_end date primary key,
  event_id uuid not null unique,
  called_at timestamptz not null,
  constraint period_has_ended check (period_end < (called_at at time zone 'Europe/Paris')::date)
);
comment on table settlement.closing_call is 'Redemption was told that statements of a period are due, so that it totals and they can be closed';
grant select, insert on settlement.closing_call to {{role}};
create trigger append_only before update or delete on settlement.closing_call
  for each row execute function settlement.refuse_change();
