-- A place that has left a programme is named in no letter of it.

create table issuance.known_departure (
  departure_id uuid primary key,
  place_id uuid not null,
  programme_id uuid not null,
  from_day date not null
);
create index known_departure_place on issuance.known_departure (place_id, programme_id);
comment on table issuance.known_departure is 'Copy of place.departure_stated: a place takes part in a programme no longer from a day on';
grant select, insert on issuance.known_departure to {{role}};
create trigger append_only before update or delete on issuance.known_departure
  for each row execute function issuance.refuse_change();

-- No foreign key: an end may be told before its beginning.
create table issuance.known_departure_end (
  departure_id uuid primary key
);
comment on table issuance.known_departure_end is 'Copy of place.departure_ended: departures that were taken back, or followed by another accreditation';
grant select, insert on issuance.known_departure_end to {{role}};
create trigger append_only before update or delete on issuance.known_departure_end
  for each row execute function issuance.refuse_change();
