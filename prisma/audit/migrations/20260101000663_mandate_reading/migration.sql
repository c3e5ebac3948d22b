-- Who of an auditing body looked at what (ADR 0055). The other services tell it by message; audit does not hear itself, and writes here.
create table audit.mandate_reading (
  id uuid primary key,
  mandate_ids uuid[] not null check (cardinality(mandate_ids) between 1 and 5),
  organisation_id uuid not null,
  user_id uuid not null,
  method text not null check (length(method) <= 10),
  route text not null check (length(route) <= 200),
  asked text not null check (length(asked) <= 500),
  read_at timestamptz not null
);
create index mandate_reading_at on audit.mandate_reading (read_at, id);
comment on table audit.mandate_reading is 'What somebody asked audit itself under mandates, before it was answered';
grant select, insert on audit.mandate_reading to {{role}};
create trigger append_only before update or delete on audit.mandate_reading
  for each row execute function audit.refuse_change();

create view audit.reading as
  select id, 'audit' as service, mandate_ids, organisation_id, user_id, method, route, asked, read_at from audit.mandate_reading
  union all
  select id, sender, (select array_agg(m::uuid) from jsonb_array_elements_text(body -> 'mandateIds') m), (body ->> 'organisationId')::uuid,
    (body ->> 'userId')::uuid, body ->> 'method', body ->> 'route', body ->> 'asked', occurred_at
  from audit.event where type = 'mandate.read.v1';
comment on view audit.reading is 'Everything that anybody looked at under a mandate, at any service';
grant select on audit.reading to {{role}};

-- Rights of a person and people of an organisation are looked up in what identity told: few events, in a table of millions.
create index event_of_person on audit.event ((body ->> 'userId')) where sender = 'identity';
create index event_of_organisation on audit.event ((body ->> 'organisationId')) where sender = 'identity';
