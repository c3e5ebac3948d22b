-- Zones of the territory as official lists say them. A list is one imported file: the latest finished import of a kind is in force, those before it stay.
create table redemption.zone_row (
  id uuid primary key,
  file_import_id uuid not null references redemption.file_import (id),
  list text not null check (list in ('density', 'quarters')),
  -- Of a density list the class of the grid, 1 (dense) to 7 (very scattered); of quarters the code of the quarter.
  code text not null,
  name text check (length(name) between 1 and 200),
  -- By INSEE code: one of a class, all that a quarter lies in.
  communes text[] not null check (cardinality(communes) between 1 and 20),
  constraint code_is_of_its_list check (code ~ case list when 'density' then '^[1-7]$' else '^Q[NP][0-9A-Z]{6}$' end),
  constraint class_is_of_one_commune check (list = 'quarters' or cardinality(communes) = 1),
  constraint communes_are_codes check (array_to_string(communes, ' ') ~ '^([0-9]{2}|2[AB])[0-9]{3}( ([0-9]{2}|2[AB])[0-9]{3})*$')
);
-- A commune has one class, and a quarter stands once, in one version of a list.
create unique index zone_row_class on redemption.zone_row (file_import_id, (communes[1])) where list = 'density';
create unique index zone_row_quarter on redemption.zone_row (file_import_id, code) where list = 'quarters';
comment on table redemption.zone_row is 'What a version of an official list says: the density class of a commune, or the communes of a priority quarter';
grant select, insert on redemption.zone_row to {{role}};
create trigger append_only before update or delete on redemption.zone_row
  for each row execute function redemption.refuse_change();
