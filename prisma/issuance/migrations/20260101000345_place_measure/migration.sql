-- A suspended or withdrawn place is named in no letter.

create table issuance.known_measure (
  measure_id uuid primary key,
  place_id uuid not null,
  programme_id uuid not null
);
create index known_measure_place on issuance.known_measure (place_id, programme_id);
comment on table issuance.known_measure is 'Copy of place.suspended and place.withdrawn';
grant select, insert on issuance.known_measure to {{role}};
create trigger append_only before update or delete on issuance.known_measure
  for each row execute function issuance.refuse_change();

-- No foreign key: an end may be told before its beginning.
create table issuance.known_measure_end (
  measure_id uuid primary key
);
comment on table issuance.known_measure_end is 'Copy of place.reinstated: measures that something has ended';
grant select, insert on issuance.known_measure_end to {{role}};
create trigger append_only before update or delete on issuance.known_measure_end
  for each row execute function issuance.refuse_change();

-- A line that was held for one reason and released may be held again for another: kept by its hold. Rows of before name none.
alter table issuance.held_claim
  add column hold_id uuid not null default '00000000-0000-0000-0000-000000000000',
  drop constraint held_claim_pkey,
  add primary key (claim_line_id, hold_id);
alter table issuance.held_claim alter column hold_id drop default;
comment on column issuance.held_claim.hold_id is 'Of settlement; zeros where it was taken before holds were told apart';
alter table issuance.released_claim
  add column hold_id uuid not null default '00000000-0000-0000-0000-000000000000',
  drop constraint released_claim_pkey,
  add primary key (claim_line_id, hold_id);
alter table issuance.released_claim alter column hold_id drop default;
comment on column issuance.released_claim.hold_id is 'Of settlement; zeros where it was taken before holds were told apart';
-- The one rule of which claims are held now, as far as was told: a hold of before is ended by any release of its line.
create view issuance.open_held_claim as
  select h.* from issuance.held_claim h where not exists (
    select from issuance.released_claim r where r.claim_line_id = h.claim_line_id
      and (r.hold_id = h.hold_id or h.hold_id = '00000000-0000-0000-0000-000000000000'));
comment on view issuance.open_held_claim is 'Held claim lines whose hold was not released';
grant select on issuance.open_held_claim to {{role}};
