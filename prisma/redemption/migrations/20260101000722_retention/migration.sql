-- A refused attempt is told again for 90 days; an alarm is looked into within a year.

drop trigger append_only on redemption.refused_redemption;
create trigger append_only before update on redemption.refused_redemption for each row execute function redemption.refuse_change();
create trigger kept before delete on redemption.refused_redemption
  for each row execute function redemption.refuse_early_delete('refused_at', '90 days');
create index refused_redemption_by_age on redemption.refused_redemption using brin (refused_at) with (autosummarize = on);

create function redemption.forget_refused_redemption(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from redemption.refused_redemption r using (
    select key from redemption.refused_redemption
    where refused_at < least(at, clock_timestamp()) - interval '90 days' limit at_most for update skip locked) old
  where r.key = old.key;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function redemption.forget_refused_redemption(timestamptz, int) from public;
grant execute on function redemption.forget_refused_redemption(timestamptz, int) to {{role}};

create function redemption.forget_till_alarm(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from redemption.till_alarm a using (
    select id from redemption.till_alarm
    where last_at < least(at, clock_timestamp()) - interval '365 days' limit at_most for update skip locked) old
  where a.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function redemption.forget_till_alarm(timestamptz, int) from public;
grant execute on function redemption.forget_till_alarm(timestamptz, int) to {{role}};
