-- A place applies for accreditation by answering a published questionnaire; the operator decides.

create table redemption.questionnaire (
  programme_id uuid not null references redemption.known_programme (programme_id),
  version int not null check (version > 0),
  from_day date not null,
  -- Fewer points than this are not accredited.
  threshold int not null check (threshold between 0 and 100000),
  -- [{ key, text, options: [{ key, text, points, eliminates }] }]
  questions jsonb not null check (jsonb_typeof(questions) = 'array' and jsonb_array_length(questions) between 1 and 100),
  -- Kinds of documents without which nothing is submitted.
  documents text[] not null check (cardinality(documents) <= 20),
  published_by text not null,
  published_at timestamptz not null,
  primary key (programme_id, version)
);
comment on table redemption.questionnaire is 'What a place is asked that applies for a programme, by version; of those whose day has come the highest counts for new applications';
grant select, insert on redemption.questionnaire to {{role}};
create trigger append_only before update or delete on redemption.questionnaire
  for each row execute function redemption.refuse_change();

create table redemption.application (
  id uuid primary key,
  place_id uuid not null references redemption.place (id),
  programme_id uuid not null,
  questionnaire_version int not null,
  state text not null check (state in ('draft', 'submitted', 'under_review', 'more_info', 'provisional', 'accredited', 'refused')),
  -- { question key: option key }
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  -- [{ kind, name, sha256, bytes }]: the files themselves stay with the place.
  documents jsonb not null check (jsonb_typeof(documents) = 'array' and jsonb_array_length(documents) <= 50),
  created_by text not null,
  created_at timestamptz not null,
  foreign key (programme_id, questionnaire_version) references redemption.questionnaire (programme_id, version)
);
create unique index one_open_application on redemption.application (place_id, programme_id) where state not in ('accredited', 'refused');
comment on table redemption.application is 'What a place answers to a questionnaire, and how far that is; what it submitted and was told is in application_step';
grant select, insert, update (state, answers, documents) on redemption.application to {{role}};
create trigger never_deleted before delete on redemption.application for each row execute function redemption.refuse_change();

-- Moves as data; a submitted application is not written in.
create function redemption.check_application_move() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.state <> old.state and (old.state || '>' || new.state) <> all (array['draft>submitted', 'more_info>submitted', 'provisional>submitted',
      'submitted>under_review', 'under_review>more_info', 'under_review>provisional', 'under_review>accredited', 'under_review>refused',
      'refused>under_review']) then
    raise exception 'application % does not go from % to %', new.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if (new.answers, new.documents) is distinct from (old.answers, old.documents) and old.state not in ('draft', 'more_info', 'provisional') then
    raise exception 'application % is % and not written in', new.id, old.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_move before update on redemption.application
  for each row execute function redemption.check_application_move();

create table redemption.application_step (
  id uuid primary key,
  application_id uuid not null references redemption.application (id),
  step text not null check (step in ('submitted', 'under_review', 'more_info', 'provisional', 'accredited', 'refused', 'reopened')),
  explanation text check (length(explanation) between 1 and 2000),
  -- As they were submitted, with the points that they come to.
  answers jsonb,
  documents jsonb,
  points int,
  -- Of the accreditation that it led to.
  accreditation_version int,
  taken_by text not null,
  taken_at timestamptz not null,
  check ((step = 'submitted') = (answers is not null) and (step = 'submitted') = (documents is not null) and (step = 'submitted') = (points is not null)),
  check ((step in ('provisional', 'accredited')) = (accreditation_version is not null)),
  check ((explanation is null) = (step in ('submitted', 'under_review')))
);
create index application_step_application on redemption.application_step (application_id, id);
comment on table redemption.application_step is 'What happened to an application, and why';
grant select, insert on redemption.application_step to {{role}};
create trigger append_only before update or delete on redemption.application_step
  for each row execute function redemption.refuse_change();

-- A refused application may be appealed against, each refusal once.
alter table redemption.appeal
  add column refusal_id uuid unique references redemption.application_step (id),
  drop constraint appeal_against_one,
  add constraint appeal_against_one check (num_nonnulls(measure_id, refusal_id) = 1);
comment on column redemption.appeal.refusal_id is 'The step that refused an application';

create or replace view redemption.contestable as
  select m.id as decision_id, 'measure' as kind, m.place_id, m.decided_by, m.decided_at from redemption.measure m
  union all
  select s.id, 'refusal', a.place_id, s.taken_by, s.taken_at
  from redemption.application_step s join redemption.application a on a.id = s.application_id where s.step = 'refused';

create or replace function redemption.check_appeal() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from redemption.contestable c
      where c.decision_id = coalesce(new.measure_id, new.refusal_id) and c.place_id = new.place_id) then
    raise exception 'appeal % is against no decision about its place', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create or replace function redemption.check_appeal_answer() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from redemption.appeal a join redemption.contestable c on c.decision_id = coalesce(a.measure_id, a.refusal_id)
      where a.id = new.appeal_id and c.decided_by = new.answered_by) then
    raise exception 'appeal % is not answered by who decided', new.appeal_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
