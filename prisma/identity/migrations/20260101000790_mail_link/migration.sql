-- Links that are mailed and open something once (ADR 0067): an invitation, after which a person chooses the first password; a forgotten
-- password; a sign-in. No secret is kept: what a link bears comes from the wrapping key and its id, so that a copy of this database opens nothing.
create table identity.mail_link (
  id uuid primary key,
  user_id uuid not null references identity."user" (id),
  purpose text not null check (purpose in ('invitation', 'password', 'sign_in')),
  key_id text not null check (length(key_id) between 1 and 100),
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  ended_at timestamptz,
  ending text check (ending in ('used', 'replaced', 'withdrawn')),
  check ((ended_at is null) = (ending is null))
);
comment on table identity.mail_link is 'A link that was mailed to a person and opens something once, until its time is up or another takes its place';
comment on column identity.mail_link.key_id is 'The wrapping key that its secret is derived from';
create unique index mail_link_open on identity.mail_link (user_id, purpose) where ended_at is null;
create index mail_link_expiry on identity.mail_link (expires_at);
grant select, insert, update (ended_at, ending) on identity.mail_link to {{role}};

create function identity.mail_link_ends_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null then
    raise exception 'mail link % has ended', old.id using errcode = 'check_violation';
  end if;
  if new.ending = 'used' and new.ended_at > old.expires_at then
    raise exception 'mail link % is too old', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ends_once before update on identity.mail_link for each row execute function identity.mail_link_ends_once();

-- Thirty days after it could be used; until then support can say what became of it.
create function identity.forget_mail_link(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.mail_link l using (
    select id from identity.mail_link
    where expires_at < least(at, clock_timestamp()) - interval '30 days' limit at_most for update skip locked) old
  where l.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_mail_link(timestamptz, int) from public;
grant execute on function identity.forget_mail_link(timestamptz, int) to {{role}};

-- A notice is also of somebody's account: a link, a membership that was given, a password that was changed. It goes to that person alone.
alter table identity.notice
  add column account_id uuid references identity."user" (id),
  -- Not a reference: the link goes before the notice does.
  add column link_id uuid,
  add column link_key_id text,
  add column organisation_name text check (length(organisation_name) between 1 and 200),
  drop constraint notice_is_of_one_thing,
  add constraint notice_is_of_one_thing check (case
    when name in ('ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')
      then num_nulls(programme_id, programme_name, usable_until, claimable_until) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('bank_account_approved', 'bank_change_proposed', 'bank_changed')
      then num_nulls(payee_id, payee_name, bank_version, cooling_off_hours) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0
        and (bank_version = 1 or name <> 'bank_account_approved')
    when name = 'fee_rule_changed'
      then num_nulls(programme_id, programme_name, fee_rule_version, fee_from, fee_rates) = 0
        and num_nonnulls(payee_id, payee_name, bank_version, cooling_off_hours, usable_until, claimable_until,
          document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('statement_closed', 'place_invoice_issued', 'place_credit_note_issued', 'debit_note_issued')
      then num_nulls(payee_id, payee_name, document_id, document) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, bank_version, cooling_off_hours, fee_rule_version,
          fee_from, fee_rates, charge_rule_version, charge_from, charge_terms, factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name = 'place_charge_changed'
      then num_nulls(charge_rule_version, charge_from, charge_terms) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, document_id, document, factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('second_factor_begun', 'second_factor_confirmed', 'second_factor_reset')
      then factor_id is not null
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    when name in ('finding_raised', 'finding_noted', 'finding_replied', 'finding_closed')
      then num_nulls(finding_id, finding_version, finding_severity, reply_due) = 0
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, factor_id, document_id, document, charge_rule_version, charge_from, charge_terms) = 0 and rail = 'sepa'
    when name in ('invited', 'password_forgotten', 'sign_in_asked', 'member_added', 'password_changed', 'passkey_added')
      then account_id is not null
        and num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours,
          fee_rule_version, fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms,
          factor_id, finding_id, finding_version, finding_severity, reply_due) = 0 and rail = 'sepa'
    else false end),
  add constraint notice_of_account check (case
    when name in ('invited', 'member_added') then organisation_name is not null and (name = 'invited') = (link_id is not null)
    when name in ('password_forgotten', 'sign_in_asked') then link_id is not null and organisation_name is null
    else num_nonnulls(link_id, organisation_name) = 0 end),
  add constraint notice_of_account_only check (account_id is null
    or name in ('invited', 'password_forgotten', 'sign_in_asked', 'member_added', 'password_changed', 'passkey_added')),
  add constraint notice_link_has_key check ((link_id is null) = (link_key_id is null));
comment on column identity.notice.account_id is 'Whose account it is about';

create or replace function identity.check_notice_kind() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not (select case
      when num_nonnulls(n.factor_id, n.account_id) > 0 then new.kind = 'person'
      when n.finding_id is not null then new.kind in ('payer', 'place', 'operator', 'auditor')
      when num_nonnulls(n.payee_id, n.fee_rule_version, n.charge_rule_version) > 0 then new.kind = 'place'
      else new.kind in ('payer', 'distributor') end
    from identity.notice n where n.id = new.notice_id) then
    raise exception 'notice % is not for a %', new.notice_id, new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- A mail about a factor or an account goes to whose it is, and to nobody else.
create or replace function identity.check_factor_mail() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.kind = 'person' and not exists (
    select from identity.notice n left join identity.second_factor f on f.id = n.factor_id
    where n.id = new.notice_id and coalesce(f.user_id, n.account_id) = new.user_id) then
    raise exception 'notice % is about somebody else', new.notice_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
