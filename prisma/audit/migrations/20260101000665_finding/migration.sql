-- Findings of auditors (ADR 0055). The table that was meant for rows that break an invariant was never written: those travel as
-- `invariant.broken` and stand among the events.
drop table audit.finding;

create table audit.finding (
  id uuid primary key,
  organisation_id uuid not null,
  mandate_ids uuid[] not null check (cardinality(mandate_ids) between 1 and 5),
  -- Of one item of a sample, of a sample, or of a whole that the title names.
  sample_id uuid references audit.sample (id),
  position int,
  title text not null check (length(title) between 1 and 200),
  observation text not null check (length(observation) between 1 and 4000),
  severity text not null check (severity in ('minor', 'major', 'critical')),
  addressee text not null check (addressee in ('operator', 'payer', 'place')),
  party_id uuid,
  reply_due date not null,
  raised_by uuid not null,
  raised_at timestamptz not null,
  foreign key (sample_id, position) references audit.sample_item (sample_id, position),
  check (position is null or sample_id is not null),
  check ((addressee = 'operator') = (party_id is null))
);
create index finding_of_organisation on audit.finding (organisation_id, raised_at);
create index finding_of_addressee on audit.finding (addressee, party_id, raised_at);
comment on table audit.finding is 'What an auditing body found and whom it asks; what follows stands in finding_step';
grant select, insert on audit.finding to {{role}};
create trigger append_only before update or delete on audit.finding
  for each row execute function audit.refuse_change();

create table audit.finding_step (
  finding_id uuid not null references audit.finding (id),
  -- Raising is version 1 and stands in the finding itself.
  version int not null check (version > 1),
  step text not null check (step in ('noted', 'replied', 'closed')),
  text text not null check (length(text) between 1 and 4000),
  outcome text check (outcome in ('settled', 'accepted_risk', 'withdrawn', 'unresolved')),
  -- Of a reply: whether it came after the day that was asked for.
  late boolean,
  written_by uuid not null,
  organisation_id uuid not null,
  written_at timestamptz not null,
  primary key (finding_id, version),
  check ((step = 'closed') = (outcome is not null)),
  check ((step = 'replied') = (late is not null))
);
comment on table audit.finding_step is 'A note of the auditing body, a reply of the addressee, or the end of a finding; nothing comes after the end';
grant select, insert on audit.finding_step to {{role}};
create trigger append_only before update or delete on audit.finding_step
  for each row execute function audit.refuse_change();

-- In order, nothing after the end; and notes and the end are written by who raised it, replies by somebody else.
create function audit.check_finding_step() returns trigger language plpgsql set search_path = pg_catalog as $$
declare last_version int; is_closed boolean; raised_for uuid;
begin
  select f.organisation_id into raised_for from audit.finding f where f.id = new.finding_id;
  select coalesce(max(s.version), 1), coalesce(bool_or(s.step = 'closed'), false) into last_version, is_closed
    from audit.finding_step s where s.finding_id = new.finding_id;
  if is_closed then
    raise exception 'finding % is closed', new.finding_id using errcode = 'check_violation';
  end if;
  if new.version <> last_version + 1 then
    raise exception 'steps of a finding are numbered without a gap' using errcode = 'check_violation';
  end if;
  if (new.step = 'replied') = (new.organisation_id = raised_for) then
    raise exception 'step % of finding % is not for that organisation', new.step, new.finding_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_finding_step before insert on audit.finding_step for each row execute function audit.check_finding_step();
