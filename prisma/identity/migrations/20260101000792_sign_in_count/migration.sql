-- Wrong passwords per network address, whichever accounts they were for: who tries one password on a thousand accounts is stopped too, and
-- by a count that a restart does not forget. No address is kept: what stands here is a keyed hash of it, for a day.
create table identity.sign_in_count (
  address_mac bytea not null check (length(address_mac) = 32),
  window_from timestamptz not null,
  count int not null check (count >= 0),
  primary key (address_mac, window_from)
);
comment on table identity.sign_in_count is 'Passwords that were tried from an address in a quarter of an hour and were not right, by a keyed hash of the address';
create index sign_in_count_window on identity.sign_in_count (window_from);
grant select, insert, update (count) on identity.sign_in_count to {{role}};

create function identity.forget_sign_in_count(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.sign_in_count c using (
    select address_mac, window_from from identity.sign_in_count
    where window_from < least(at, clock_timestamp()) - interval '1 day' limit at_most for update skip locked) old
  where c.address_mac = old.address_mac and c.window_from = old.window_from;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_sign_in_count(timestamptz, int) from public;
grant execute on function identity.forget_sign_in_count(timestamptz, int) to {{role}};
