-- Places come from published files: one row, one place. A file often has no SIRET for it, and one SIRET for many.

drop trigger append_only on redemption.place;
drop trigger append_only on redemption.site;
alter table redemption.place drop constraint place_siret_key;
alter table redemption.place alter column siret drop not null;
create index place_siret on redemption.place (siret) where siret is not null;
comment on table redemption.place is 'A place where services are rendered; its tills sign in as it. Accredited only with a SIRET, which others may share';
grant update (name, siret) on redemption.place to {{role}};
grant update (name, time_zone) on redemption.site to {{role}};
create trigger never_deleted before delete on redemption.place for each row execute function redemption.refuse_change();
create trigger never_deleted before delete on redemption.site for each row execute function redemption.refuse_change();

-- Settlement pays the body that a SIRET names, and a site's zone decides which day it is: no file changes them under tills.
create function redemption.keep_accredited_identity() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from redemption.accreditation where place_id = case tg_table_name when 'site' then (to_jsonb(new) ->> 'place_id')::uuid else new.id end) then
    raise exception '%.% is accredited: its name, SIRET and time zone stay', tg_table_name, new.id
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger keep_accredited_identity before update on redemption.place
  for each row when (old is distinct from new) execute function redemption.keep_accredited_identity();
create trigger keep_accredited_identity before update on redemption.site
  for each row when (old is distinct from new) execute function redemption.keep_accredited_identity();

-- The lock keeps the place as it is until the accreditation is there, so that the trigger above sees it.
create function redemption.check_accredited_siret() returns trigger language plpgsql set search_path = pg_catalog as $$
declare siret text;
begin
  select p.siret into siret from redemption.place p where p.id = new.place_id for share;
  if siret is null then
    raise exception 'place % has no SIRET and cannot be accredited', new.place_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger accredited_with_siret before insert on redemption.accreditation
  for each row execute function redemption.check_accredited_siret();

-- Tills keep a copy of accredited places only: a site alone is nothing to them.
drop trigger raise_reference_version on redemption.site;

create table redemption.place_listing (
  place_id uuid primary key references redemption.place (id),
  made_by uuid not null references redemption.file_import (id),
  -- Folded name, postal code and street; null without a street. Two bodies at one address may share it.
  address_key text check (length(address_key) <= 1000),
  street text,
  complement text,
  postal_code char(5) not null check (postal_code ~ '^[0-9]{5}$'),
  insee_code char(5) check (insee_code ~ '^([013-9][0-9]|2[AB1-9])[0-9]{3}$'),
  commune text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  services text[] not null,
  access_fees text[] not null,
  -- As the file has them, understood or not.
  access_fee_text text,
  opening_hours text,
  updated_on date,
  details jsonb not null check (jsonb_typeof(details) = 'object'),
  check ((latitude is null) = (longitude is null))
);
create index place_listing_address on redemption.place_listing (address_key) where address_key is not null;
comment on table redemption.place_listing is 'What published files say of a place, in the vocabulary of the national standard v1.0.2';
grant select, insert on redemption.place_listing to {{role}};
grant update (address_key, street, complement, postal_code, insee_code, commune, latitude, longitude, services, access_fees,
  access_fee_text, opening_hours, updated_on, details) on redemption.place_listing to {{role}};

create table redemption.place_source (
  source text not null check (length(source) between 1 and 100),
  external_id text not null check (length(external_id) between 1 and 200),
  place_id uuid not null references redemption.place (id),
  made_by uuid not null references redemption.file_import (id),
  primary key (source, external_id)
);
create index place_source_place on redemption.place_source (place_id);
comment on table redemption.place_source is 'The ids that published files give a place; several files may speak of one place';
grant select, insert on redemption.place_source to {{role}};
create trigger append_only before update or delete on redemption.place_source
  for each row execute function redemption.refuse_change();
