-- Sign-ins end 30 days after they could be used; used steps of a second factor after a year (a recovery code counts once for
-- ever); mails after the five years in which somebody may still claim not to have been told.

create function identity.forget_session(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.session s using (
    select id from identity.session
    where expires_at < least(at, clock_timestamp()) - interval '30 days' limit at_most for update skip locked) old
  where s.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_session(timestamptz, int) from public;
grant execute on function identity.forget_session(timestamptz, int) to {{role}};

drop trigger append_only on identity.second_factor_use;
create trigger append_only before update on identity.second_factor_use for each row execute function identity.refuse_change();
create trigger append_only_recovery before delete on identity.second_factor_use
  for each row when (old.what = 'recovery') execute function identity.refuse_change();
create trigger kept before delete on identity.second_factor_use
  for each row execute function identity.refuse_early_delete('used_at', '365 days');

create function identity.forget_second_factor_use(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.second_factor_use u using (
    select factor_id, what, number from identity.second_factor_use
    where what = 'step' and used_at < least(at, clock_timestamp()) - interval '365 days' limit at_most for update skip locked) old
  where u.factor_id = old.factor_id and u.what = old.what and u.number = old.number;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_second_factor_use(timestamptz, int) from public;
grant execute on function identity.forget_second_factor_use(timestamptz, int) to {{role}};

drop trigger append_only on identity.notice_outcome;
create trigger append_only before update on identity.notice_outcome for each row execute function identity.refuse_change();
create trigger kept before delete on identity.notice_outcome
  for each row execute function identity.refuse_early_delete('at', '1826 days');

-- A mail that nobody has sent or given up stays, however old.
create function identity.forget_notice_mail(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare past uuid[];
begin
  past := array(select o.mail_id from identity.notice_outcome o
    where o.at < least(forget_notice_mail.at, clock_timestamp()) - interval '1826 days' limit at_most for update skip locked);
  delete from identity.notice_outcome where mail_id = any (past);
  delete from identity.notice_mail where id = any (past);
  return cardinality(past);
end $$;
revoke all on function identity.forget_notice_mail(timestamptz, int) from public;
grant execute on function identity.forget_notice_mail(timestamptz, int) to {{role}};
