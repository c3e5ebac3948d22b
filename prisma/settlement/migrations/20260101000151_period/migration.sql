-- The month that a closing is about: a label for people. Which lines it takes is decided by its number alone.
alter table settlement.statement_closing add column period char(7);
-- As a closing without a month of its own has it: the month of the day before.
update settlement.statement_closing set period = to_char(opened_at at time zone 'Europe/Paris' - interval '1 day', 'YYYY-MM');
alter table settlement.statement_closing alter column period set not null,
  add constraint period_is_a_month check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');

-- Months follow one another as their numbers do; two closings may share one.
create function settlement.check_closing_period() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.statement_closing where up_to_seq < new.up_to_seq and period > new.period) then
    raise exception 'closing at % is of %, before an earlier closing', new.up_to_seq, new.period using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_period before insert on settlement.statement_closing
  for each row execute function settlement.check_closing_period();
