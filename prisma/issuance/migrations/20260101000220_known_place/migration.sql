-- Letters to citizens name places near them that take their vouchers. Redemption accredits places; this is what it said.

create table issuance.known_place (
  place_id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  -- Street, postal code and town in one line, as the public list has them; null when the list does not.
  address text check (length(address) between 1 and 300),
  commune text check (commune ~ '^([013-9][0-9]|2[AB1-9])[0-9]{3}$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  as_of timestamptz not null,
  check ((latitude is null) = (longitude is null))
);
comment on table issuance.known_place is 'Copy of place.accredited: where a place is, as the latest accreditation told';
create index known_place_commune on issuance.known_place (commune text_pattern_ops);
grant select, insert on issuance.known_place to {{role}};
grant update (name, address, commune, latitude, longitude, as_of) on issuance.known_place to {{role}};
create trigger never_deleted before delete on issuance.known_place
  for each row execute function issuance.refuse_change();

create table issuance.known_accreditation (
  programme_id uuid not null,
  place_id uuid not null references issuance.known_place (place_id),
  version int not null check (version > 0),
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  primary key (programme_id, place_id, version)
);
comment on table issuance.known_accreditation is 'Copy of place.accredited: which programmes a place takes, between two days; the highest version counts';
grant select, insert on issuance.known_accreditation to {{role}};
create trigger append_only before update or delete on issuance.known_accreditation
  for each row execute function issuance.refuse_change();
