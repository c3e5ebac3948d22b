-- Auditing bodies, payers and places read as one of two roles that the service takes for one transaction (libs/persistence, readAs): the reader
-- sees what is of the auditing body, the payer or the place in `mereau.org`, and nothing without one; the overseer, for the operator, sees every
-- row. Neither writes. A body under a narrow mandate reaches its own desk only, so that these policies are all that it meets.

create function audit.reading_party() returns uuid language sql stable set search_path = pg_catalog as $$
  select nullif(current_setting('mereau.org', true), '')::uuid
$$;
comment on function audit.reading_party() is 'The auditing body, payer or place that a reader reads for, of this transaction; null for nobody';

-- Asked past the policies, since a policy that asked its own table would go round in circles. Read once per statement.
create function audit.programmes_of_reader() returns setof text language sql stable security definer set search_path = pg_catalog as $$
  select distinct b.body ->> 'programmeId' from audit.event a
  join audit.event b on b.type = 'batch.created.v1' and b.body ->> 'batchId' = a.body ->> 'batchId'
  where a.type = 'range.activated.v1' and a.body -> 'shares' @> jsonb_build_array(jsonb_build_object('payerId', audit.reading_party()))
$$;
comment on function audit.programmes_of_reader() is 'The programmes that the reading payer paid activated vouchers of: of those it is told figures';
revoke all on function audit.programmes_of_reader() from public;
grant execute on function audit.programmes_of_reader() to {{reader}};

do $$
declare name text;
begin
  foreach name in array array[
    'event', 'sample', 'sample_item', 'sample_mark', 'finding', 'finding_step', 'alert', 'alert_fact', 'alert_decision', 'alert_appeal', 'alert_appeal_answer',
    'watched_place', 'territory_target'
  ] loop
    execute format('alter table audit.%I enable row level security', name);
    execute format('create policy service on audit.%I to {{role}} using (true) with check (true)', name);
    execute format('create policy overseer on audit.%I for select to {{overseer}} using (true)', name);
    execute format('create policy inspector on audit.%I for select to mereau_inspector using (true)', name);
    execute format('grant select on audit.%I to {{reader}}', name);
  end loop;
end $$;

create policy reader on audit.sample for select to {{reader}} using (organisation_id = (select audit.reading_party()));
create policy reader on audit.finding for select to {{reader}}
  using (organisation_id = (select audit.reading_party()) or party_id = (select audit.reading_party()));
create policy reader on audit.finding_step for select to {{reader}} using (exists (select from audit.finding f where f.id = finding_id));
-- Whoever a finding is addressed to is told which event it is about, and nothing else of the sample.
create policy reader on audit.sample_item for select to {{reader}}
  using (exists (select from audit.sample s where s.id = sample_id)
    or exists (select from audit.finding f where f.sample_id = sample_item.sample_id and f.position = sample_item.position));
create policy reader on audit.sample_mark for select to {{reader}} using (exists (select from audit.sample s where s.id = sample_id));
create policy reader on audit.alert for select to {{reader}} using (place_id = (select audit.reading_party()));
create policy reader on audit.alert_fact for select to {{reader}} using (exists (select from audit.alert a where a.id = alert_id));
create policy reader on audit.alert_decision for select to {{reader}} using (exists (select from audit.alert a where a.id = alert_id));
create policy reader on audit.alert_appeal for select to {{reader}} using (place_id = (select audit.reading_party()));
create policy reader on audit.alert_appeal_answer for select to {{reader}} using (exists (select from audit.alert_appeal p where p.id = appeal_id));
create policy reader on audit.watched_place for select to {{reader}} using (place_id = (select audit.reading_party()));
create policy reader on audit.territory_target for select to {{reader}} using (programme_id::text in (select audit.programmes_of_reader()));

-- Of the log: what is published of places and programmes, what is of a programme that the reader paid for, and what its samples hold.
create policy reader on audit.event for select to {{reader}} using (
  type in ('place.accredited.v1', 'programme.published.v1')
  or (type in ('batch.created.v1', 'voucher.redeemed.v1', 'redemption.undone.v1') and body ->> 'programmeId' in (select audit.programmes_of_reader()))
  or (type = 'range.activated.v1' and body -> 'shares' @> jsonb_build_array(jsonb_build_object('payerId', (select audit.reading_party()))))
  or id in (select i.event_id from audit.sample_item i join audit.sample s on s.id = i.sample_id)
);

-- Of nobody in particular: signed checkpoints and the figures that measures are made with.
grant select on audit.checkpoint, audit.impact_coefficient to {{reader}};
