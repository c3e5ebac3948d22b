-- A draft kept the questionnaire of its first day for ever: begun under a lenient one, it was submitted after that had been replaced.
-- Now it is begun anew by the one that counts, and none is submitted for the first time by one that counts no more.
grant update (questionnaire_version) on redemption.application to {{role}};

create function redemption.check_application_questionnaire() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.questionnaire_version <> old.questionnaire_version
      and (old.state <> 'draft' or new.state <> 'draft' or new.questionnaire_version < old.questionnaire_version) then
    raise exception 'application % keeps its questionnaire', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_questionnaire before update on redemption.application
  for each row execute function redemption.check_application_questionnaire();

-- What was submitted once is completed by the questionnaire that it was submitted by.
create function redemption.check_submission() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.step = 'submitted' and exists (
      select from redemption.application a
      join redemption.questionnaire q on q.programme_id = a.programme_id and q.version > a.questionnaire_version
        and q.from_day <= (new.taken_at at time zone 'Europe/Paris')::date
      where a.id = new.application_id and a.state = 'draft') then
    raise exception 'the questionnaire of application % was replaced', new.application_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_submission before insert on redemption.application_step
  for each row execute function redemption.check_submission();
