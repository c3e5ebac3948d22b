-- Vouchers that a device captured without a network. Whether they may be is a rule of their order, as their services are.
alter table redemption.batch add column offline boolean not null default false;
comment on column redemption.batch.offline is 'Whether its vouchers may be captured without a network, by the rules that they were ordered under';

-- What became of a capture stands where that of every redemption does, under its id; here, that it came, and whether it counted.
create table redemption.offline_capture (
  -- That of the redemption.
  id uuid primary key,
  device_id uuid not null references redemption.till_device (id),
  captured_at timestamptz not null,
  service_day date not null,
  -- Null: it was decided as a redemption is.
  refusal text check (refusal in ('offline_capture_unreadable', 'offline_capture_in_future', 'offline_capture_too_old', 'offline_cap_reached')),
  received_at timestamptz not null
);
create index offline_capture_of_day on redemption.offline_capture (device_id, service_day) where refusal is null;
comment on table redemption.offline_capture is 'Each capture that a device sent, once, with the moment of the service by the device''s clock';
grant select, insert on redemption.offline_capture to {{role}};
create trigger append_only before update or delete on redemption.offline_capture
  for each row execute function redemption.refuse_change();

-- What one device may capture in a day, whoever writes and however many requests come at once; the same number as in limits.ts.
create function redemption.check_offline_cap() returns trigger language plpgsql set search_path = pg_catalog as $$
declare device uuid;
begin
  select a.device_id into device from (select distinct device_id, service_day from added) a
    where (select count(*) from redemption.offline_capture c
      where c.device_id = a.device_id and c.service_day = a.service_day and c.refusal is null) > 40 limit 1;
  if device is not null then
    raise exception 'device % captured more than 40 vouchers in a day', device using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger check_cap after insert on redemption.offline_capture
  referencing new table as added for each statement execute function redemption.check_offline_cap();
