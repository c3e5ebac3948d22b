-- What an attestation to a public body says of its places: for what, and between which days, they may take vouchers.

create table settlement.known_accreditation (
  place_id uuid not null,
  programme_id uuid not null,
  version int not null check (version > 0),
  valid_from date not null,
  valid_to date not null check (valid_to >= valid_from),
  primary key (place_id, programme_id)
);
comment on table settlement.known_accreditation is 'Copy of what redemption announced: a place may take vouchers of a programme between two days, the latest version';
grant select, insert, update on settlement.known_accreditation to {{role}};
