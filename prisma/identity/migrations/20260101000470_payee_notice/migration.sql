-- A notice is also of a step of the bank account that a payee is paid to; people of the payee's places read it. Nobody declines
-- it: who leads payments away would first decline it in the name of whom it warns.

alter table identity.notice
  drop constraint notice_name_check,
  alter column programme_id drop not null,
  alter column programme_name drop not null,
  alter column usable_until drop not null,
  alter column claimable_until drop not null,
  add column payee_id uuid,
  add column payee_name text check (length(payee_name) between 1 and 140),
  add column bank_version int check (bank_version > 0),
  -- Nothing is paid to the account for so long from its approval on; 0 where nothing waits.
  add column cooling_off_hours int check (cooling_off_hours >= 0),
  add constraint notice_is_of_one_thing check (case
    when name in ('ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')
      then num_nulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
    when name in ('bank_account_approved', 'bank_change_proposed', 'bank_changed')
      then num_nulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and (bank_version = 1) = (name = 'bank_account_approved')
    else false end),
  add constraint payee_notice_once unique (name, payee_id, bank_version);
comment on table identity.notice is 'What is told of a step in the end of a vintage, or of a step of a payee''s bank account; once, however many messages speak of it';

alter table identity.notice_party
  drop constraint notice_party_kind_check,
  add constraint notice_party_kind_check check (kind in ('payer', 'distributor', 'place'));
comment on table identity.notice_party is 'Payers, distributors and places that a notice was for, and how many people of each it found';
alter table identity.notice_mail
  drop constraint notice_mail_kind_check,
  add constraint notice_mail_kind_check check (kind in ('payer', 'distributor', 'place'));

create function identity.check_notice_kind() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (new.kind = 'place') is distinct from (select n.payee_id is not null from identity.notice n where n.id = new.notice_id) then
    raise exception 'notice % is not for a %', new.notice_id, new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_notice_kind before insert on identity.notice_party for each row execute function identity.check_notice_kind();
create trigger check_notice_kind before insert on identity.notice_mail for each row execute function identity.check_notice_kind();

-- Opting out is of what asks nothing, by name: a notice that is added later is obligatory until it is listed here.
create or replace function identity.check_declined() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.outcome = 'declined' and exists (select from identity.notice_mail m join identity.notice n on n.id = m.notice_id
      where m.id = new.mail_id and n.name not in ('ends_in_thirty_days', 'use_ended', 'claims_ended')) then
    raise exception 'mail % cannot be declined by its reader', new.mail_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
