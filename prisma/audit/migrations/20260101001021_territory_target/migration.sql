-- What somebody aims at for an area: so many services rendered in a year. Not people, whom nobody may count twice, nor money, which is no aim.
create table audit.territory_target (
  programme_id uuid not null,
  year int not null check (year between 2000 and 2099),
  kind text not null check (kind in ('commune', 'epci', 'departement')),
  code text not null,
  version int not null check (version > 0),
  redemptions int not null check (redemptions > 0),
  reason text not null check (length(reason) between 10 and 500),
  said_by text not null,
  said_at timestamptz not null,
  primary key (programme_id, year, kind, code, version),
  constraint code_is_of_its_kind check (code ~ case kind
    when 'commune' then '^([0-9]{2}|2[AB])[0-9]{3}$' when 'epci' then '^[0-9]{9}$' else '^([0-9]{2}|2[AB]|97[0-9])$' end)
);
comment on table audit.territory_target is 'A version of what a programme aims at in an area and year: services rendered; in force is the latest';
grant select, insert on audit.territory_target to {{role}};
create trigger append_only before update or delete on audit.territory_target
  for each row execute function audit.refuse_change();
