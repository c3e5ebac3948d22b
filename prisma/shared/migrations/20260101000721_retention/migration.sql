-- What is past its time goes, by functions that know the time by themselves: a service may call them and delete nothing else.

revoke delete on {{schema}}.idempotency from {{role}};
create index idempotency_by_age on {{schema}}.idempotency using brin (created_at) with (autosummarize = on);

-- `at` is handed in, so that a test can move it; it never counts as later than it is.
create function {{schema}}.forget_idempotency(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from {{schema}}.idempotency i using (
    select caller, key from {{schema}}.idempotency
    where created_at < least(at, clock_timestamp()) - interval '90 days' limit at_most for update skip locked) old
  where i.caller = old.caller and i.key = old.key;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function {{schema}}.forget_idempotency(timestamptz, int) from public;
grant execute on function {{schema}}.forget_idempotency(timestamptz, int) to {{role}};

-- For facts that end: nobody deletes one before, neither the function with a wrong number nor the owner of the database by a slip.
create function {{schema}}.refuse_early_delete() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (to_jsonb(old) ->> tg_argv[0])::timestamptz > clock_timestamp() - tg_argv[1]::interval then
    raise exception '%.% is kept for %', tg_table_schema, tg_table_name, tg_argv[1] using errcode = 'integrity_constraint_violation';
  end if;
  return old;
end $$;
