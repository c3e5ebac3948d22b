-- What keys of organisations asked this service, for whoever answers for them to look at: the pattern of the route and never the address, no
-- query, no body, nothing that was answered. Thirty days.
create table {{schema}}.key_request (
  id uuid primary key,
  key_id uuid not null,
  party_id uuid not null,
  asked_at timestamptz not null default clock_timestamp(),
  method text not null check (method in ('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS')),
  route text not null check (route ~ '^/[A-Za-z0-9/:_.*-]{0,199}$'),
  status int not null check (status between 100 and 599),
  took_ms int not null check (took_ms >= 0),
  request_id uuid not null
);
comment on table {{schema}}.key_request is 'One request that a key of an organisation made of this service: what kind, when, how it was answered';
comment on column {{schema}}.key_request.party_id is 'The payer, place or distributor whose key it was';
create index key_request_of_party on {{schema}}.key_request (party_id, asked_at, id);
create index key_request_age on {{schema}}.key_request (asked_at);
grant select, insert on {{schema}}.key_request to {{role}};
create trigger append_only before update on {{schema}}.key_request for each row execute function {{schema}}.refuse_change();
create trigger kept before delete on {{schema}}.key_request for each row execute function {{schema}}.refuse_early_delete('asked_at', '30 days');

alter table {{schema}}.key_request enable row level security;
create policy service on {{schema}}.key_request to {{role}} using (true) with check (true);
create policy overseer on {{schema}}.key_request for select to {{overseer}} using (true);
create policy inspector on {{schema}}.key_request for select to mereau_inspector using (true);
create policy reader on {{schema}}.key_request for select to {{reader}}
  using (party_id = (select nullif(current_setting('mereau.org', true), '')::uuid));
grant select on {{schema}}.key_request to {{reader}};

create function {{schema}}.forget_key_request(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from {{schema}}.key_request r using (
    select id from {{schema}}.key_request
    where asked_at < least(at, clock_timestamp()) - interval '30 days' limit at_most for update skip locked) old
  where r.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function {{schema}}.forget_key_request(timestamptz, int) from public;
grant execute on function {{schema}}.forget_key_request(timestamptz, int) to {{role}};
