-- Portals read as one of two roles that the service takes for one transaction (libs/persistence, readAs): the reader sees what is of the
-- organisation, the party or the person in `mereau.org`, whichever the list is of, and nothing without one; the overseer, for the operator, sees
-- every row. Neither writes. Signing in goes on as the service itself, whose policy leaves it every row.

create function identity.reading_party() returns uuid language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('mereau.org', true), '')::uuid
$$;
comment on function identity.reading_party() is 'The organisation, its party or the person that a reader reads for, of this transaction; null for nobody';

do $$
declare name text;
begin
  foreach name in array array[
    'user', 'organisation', 'membership', 'membership_confirmation', 'mail_link', 'credential', 'session', 'second_factor', 'second_factor_use', 'passkey', 'passkey_use',
    'api_key', 'saved_view', 'notice_choice', 'mandate', 'mandate_confirmation', 'mandate_end'
  ] loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('create policy service on identity.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on identity.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on identity.%I for select to mereau_inspector using (true)', name);
  end loop;
  foreach name in array array['session', 'second_factor', 'passkey', 'saved_view', 'notice_choice'] loop
    execute format('create policy reader on identity.%I for select to {{reader}} using (user_id = (select identity.reading_party()))', name);
  end loop;
end $$;

-- An organisation's reader sees its members, a person's their own memberships.
create policy reader on identity.membership for select to {{reader}}
  using (organisation_id = (select identity.reading_party()) or user_id = (select identity.reading_party()));
create policy reader on identity.membership_confirmation for select to {{reader}}
  using (exists (select from identity.membership m where m.id = membership_id));
create policy reader on identity."user" for select to {{reader}}
  using (id = (select identity.reading_party()) or exists (select from identity.membership m where m.user_id = "user".id)
    -- Keys say who made and who ended them, also where that was somebody of the operator.
    or exists (select from identity.api_key k where "user".id in (k.made_by, k.ended_by)));
create policy reader on identity.mail_link for select to {{reader}} using (exists (select from identity.membership m where m.user_id = mail_link.user_id));
create policy reader on identity.api_key for select to {{reader}} using (organisation_id = (select identity.reading_party()));
create policy reader on identity.second_factor_use for select to {{reader}} using (exists (select from identity.second_factor f where f.id = factor_id));
create policy reader on identity.passkey_use for select to {{reader}} using (exists (select from identity.passkey p where p.id = passkey_id));
create policy reader on identity.mandate for select to {{reader}}
  using (organisation_id = (select identity.reading_party()) or payer_id = (select identity.reading_party()));
create policy reader on identity.mandate_confirmation for select to {{reader}} using (exists (select from identity.mandate m where m.id = mandate_id));
create policy reader on identity.mandate_end for select to {{reader}} using (exists (select from identity.mandate m where m.id = mandate_id));
-- Auditing bodies are listed for every payer, which gives them mandates.
create policy reader on identity.organisation for select to {{reader}}
  using (kind = 'auditor' or id = (select identity.reading_party()) or exists (select from identity.membership m where m.organisation_id = organisation.id));

-- No secret is read by a portal: neither passwords, nor tokens, nor what a key or a link is checked against.
grant select on
  identity."user", identity.organisation, identity.membership, identity.membership_confirmation, identity.second_factor, identity.second_factor_use,
  identity.passkey, identity.passkey_use, identity.saved_view, identity.notice_choice, identity.mandate, identity.mandate_confirmation, identity.mandate_end
  to {{reader}};
grant select (user_id, purpose, expires_at, ended_at) on identity.mail_link to {{reader}};
grant select (id, user_id, user_agent, created_at, seen_at, expires_at) on identity.session to {{reader}};
grant select (id, organisation_id, kind, label, prefix, scopes, made_by, made_at, expires_at, ended_by, ended_at, last_used_at) on identity.api_key to {{reader}};

-- How people can sign in, without with what: their own rows are for themselves alone.
create view identity.sign_in_means as
  select u.id as user_id,
    exists (select from identity.credential c where c.user_id = u.id and c.password is not null) as has_password,
    exists (select from identity.second_factor f where f.user_id = u.id and f.confirmed_at is not null and f.ended_at is null)
      or exists (select from identity.passkey p where p.user_id = u.id and p.ended_at is null) as has_second_factor
  from identity."user" u;
comment on view identity.sign_in_means is 'Of each person, whether they have a password and a second factor, by id alone';
grant select on identity.sign_in_means to {{role}}, {{overseer}}, {{reader}}, mereau_inspector;

-- A view reads with the rights of whoever asks, or it would be the way around.
alter view identity.active_membership set (security_invoker = true);
alter view identity.given_mandate set (security_invoker = true);
grant select on identity.active_membership to {{reader}};
