-- Councils come from published lists. Two communes may have one name, and one body may be two départements: what tells them
-- apart is the code of the territory, which the list has for each.

alter table issuance.payer add column made_by uuid references issuance.file_import (id);
comment on column issuance.payer.made_by is 'The import that brought it; null when it was registered by hand';

create table issuance.payer_territory (
  kind text not null check (kind in ('commune', 'epci', 'departement', 'region')),
  code text not null check (code ~ '^[0-9A-Z]{2,9}$'),
  payer_id uuid not null references issuance.payer (id),
  name text not null check (length(name) between 1 and 200),
  made_by uuid not null references issuance.file_import (id),
  primary key (kind, code)
);
create index payer_territory_payer on issuance.payer_territory (payer_id);
comment on table issuance.payer_territory is 'The territory that a payer is the council of, by its official code';
grant select, insert on issuance.payer_territory to {{role}};
create trigger append_only before update or delete on issuance.payer_territory
  for each row execute function issuance.refuse_change();
