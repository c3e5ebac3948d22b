-- Devices of a place, each with a key that never leaves it. Tills read who is enrolled with the rest of what they decide by.

create table redemption.device_enrolment (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  -- SHA-256 of the code, which is derived from the id under a key outside of the database.
  code_hash char(64) not null unique check (code_hash ~ '^[0-9a-f]{64}$'),
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at and expires_at <= created_at + interval '1 hour')
);
comment on table redemption.device_enrolment is 'The right of a place to enrol one device, by a code that its manager hands on; used when a device names it';
grant select, insert on redemption.device_enrolment to {{role}};
create trigger append_only before update or delete on redemption.device_enrolment
  for each row execute function redemption.refuse_change();

create table redemption.till_device (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  -- Unique: a code enrols one device, also when two name it at the same moment.
  enrolment_id uuid not null constraint till_device_enrolment_once unique references redemption.device_enrolment (id),
  name text not null check (length(name) between 1 and 100),
  public_key jsonb not null check (public_key ->> 'kty' in ('OKP', 'EC') and not public_key ? 'd'),
  -- RFC 7638; unique: two devices with one key would be one.
  thumbprint text not null constraint till_device_key_once unique check (length(thumbprint) = 43),
  enrolled_by text not null,
  enrolled_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz,
  last_used_at timestamptz,
  check ((revoked_by is null) = (revoked_at is null))
);
create index till_device_place on redemption.till_device (place_id, id);
comment on table redemption.till_device is 'A device whose signatures count for its place until it is revoked, which is for ever; last use is told each second, not per request';
grant select, insert, update (revoked_by, revoked_at, last_used_at) on redemption.till_device to {{role}};
create trigger raise_reference_version after insert or update of revoked_at on redemption.till_device
  for each statement execute function redemption.raise_reference_version();

create function redemption.check_till_device() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    if not exists (select from redemption.device_enrolment e where e.id = new.enrolment_id and e.place_id = new.place_id
      and new.enrolled_at between e.created_at and e.expires_at) or new.revoked_at is not null then
      raise exception 'device % has no enrolment that is open', new.id using errcode = 'check_violation';
    end if;
  elsif old.revoked_at is not null and (new.revoked_at is distinct from old.revoked_at or new.revoked_by <> old.revoked_by) then
    raise exception 'device % stays revoked', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_device before insert or update on redemption.till_device
  for each row execute function redemption.check_till_device();

create table redemption.device_rule (
  place_id uuid not null references redemption.place (id),
  version int not null check (version > 0),
  devices_only boolean not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (place_id, version)
);
comment on table redemption.device_rule is 'Whether tills of a place redeem on enrolled devices only, as its manager said; the highest version counts';
grant select, insert on redemption.device_rule to {{role}};
create trigger append_only before update or delete on redemption.device_rule
  for each row execute function redemption.refuse_change();
create trigger raise_reference_version after insert on redemption.device_rule
  for each statement execute function redemption.raise_reference_version();
