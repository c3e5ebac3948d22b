-- Somebody of the operator looks as an organisation, to help its people, and changes nothing (ADR 0085). Real time throughout, as its tokens run by it.
alter table identity.membership
  drop constraint membership_check,
  add constraint membership_check check (cardinality(roles) > 0 and roles <@ case kind
    when 'payer' then array['payer'] when 'place' then array['till', 'manager'] when 'distributor' then array['distributor']
    when 'operator' then array['operator', 'approver', 'helper'] when 'auditor' then array['auditor'] end);

create table identity.impersonation (
  id uuid primary key,
  user_id uuid not null references identity."user" (id),
  -- Not references: both are named by tokens, and a sign-in goes when it has ended.
  session_id uuid not null,
  membership_id uuid not null,
  organisation_id uuid not null,
  kind text not null check (kind in ('payer', 'place', 'distributor')),
  role text not null,
  reason text not null check (length(btrim(reason)) between 10 and 500),
  begun_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by text check (ended_by in ('person', 'sign_out', 'right')),
  foreign key (organisation_id, kind) references identity.organisation (id, kind),
  constraint impersonation_is_short check (expires_at > begun_at and expires_at <= begun_at + interval '30 minutes'),
  constraint impersonation_end check ((ended_at is null) = (ended_by is null) and ended_at >= begun_at),
  constraint impersonation_role_of_kind check (case kind when 'place' then role in ('till', 'manager') else role = kind end)
);
comment on table identity.impersonation is 'Somebody of the operator looks as an organisation in one of its roles: who, why, from when to when';
comment on column identity.impersonation.ended_by is 'How it ended before its time: by its person, with the sign-in, or with the right; null where it ran out';
create index impersonation_of_organisation on identity.impersonation (organisation_id, begun_at);
create index impersonation_of_user on identity.impersonation (user_id, begun_at);
grant select, insert, update (ended_at, ended_by) on identity.impersonation to {{role}};

create function identity.impersonation_ends_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null then
    raise exception 'impersonation % has ended', old.id using errcode = 'check_violation';
  end if;
  if (new.id, new.user_id, new.session_id, new.membership_id, new.organisation_id, new.kind, new.role, new.reason, new.begun_at, new.expires_at)
    is distinct from (old.id, old.user_id, old.session_id, old.membership_id, old.organisation_id, old.kind, old.role, old.reason, old.begun_at, old.expires_at) then
    raise exception 'impersonation % stays as it was begun', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ends_once before update on identity.impersonation for each row execute function identity.impersonation_ends_once();
create trigger append_only before delete on identity.impersonation for each row execute function identity.refuse_change();

-- The database knows the right as the service does: a helper of the operator, in a sign-in of theirs, one at a time.
create function identity.check_impersonation() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not exists (select from identity.active_membership m where m.id = new.membership_id and m.user_id = new.user_id and m.kind = 'operator' and 'helper' = any (m.roles))
    or not exists (select from identity.session s where s.id = new.session_id and s.user_id = new.user_id) then
    raise exception '% may not look as an organisation', new.user_id using errcode = 'check_violation';
  end if;
  if exists (select from identity.impersonation i where i.user_id = new.user_id and i.ended_at is null and i.expires_at > clock_timestamp()) then
    raise exception '% looks as an organisation already', new.user_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_right before insert on identity.impersonation for each row execute function identity.check_impersonation();

create table identity.impersonation_reading (
  id uuid primary key,
  impersonation_id uuid not null references identity.impersonation (id),
  method text not null,
  route text not null,
  asked text not null check (length(asked) <= 500),
  read_at timestamptz not null
);
comment on table identity.impersonation_reading is 'One request under an impersonation, at any service: what was asked, without what somebody typed';
create index impersonation_reading_of on identity.impersonation_reading (impersonation_id, read_at, id);
grant select, insert on identity.impersonation_reading to {{role}};
create trigger append_only before update or delete on identity.impersonation_reading for each row execute function identity.refuse_change();

alter table identity.revocation drop constraint revocation_what_check;
alter table identity.revocation add constraint revocation_what_check check (what in ('session', 'membership', 'mandate', 'key', 'impersonation'));

-- The people who answer for an organisation are told of who looks as it, and of each key that is made and ended. What a notice may be is a long
-- list that other migrations extend too: it is wrapped where it stands.
alter table identity.notice
  add column impersonation_id uuid references identity.impersonation (id),
  add column api_key_id uuid references identity.api_key (id),
  add constraint notice_of_organisation check (case when name = 'impersonation_begun' then impersonation_id is not null and api_key_id is null
    when name in ('api_key_made', 'api_key_ended') then api_key_id is not null and impersonation_id is null
    else num_nonnulls(impersonation_id, api_key_id) = 0 end);
do $$
declare rule text;
begin
  select pg_get_expr(conbin, conrelid) into strict rule from pg_constraint where conrelid = 'identity.notice'::regclass and conname = 'notice_is_of_one_thing';
  execute format('alter table identity.notice drop constraint notice_is_of_one_thing, add constraint notice_is_of_one_thing check (case
    when name in (''impersonation_begun'', ''api_key_made'', ''api_key_ended'')
      then num_nonnulls(programme_id, programme_name, usable_until, claimable_until, payee_id, payee_name, bank_version, cooling_off_hours, fee_rule_version,
        fee_from, fee_rates, document_id, document, charge_rule_version, charge_from, charge_terms, factor_id, finding_id, finding_version, finding_severity,
        reply_due, account_id, link_id) = 0 and organisation_name is not null and rail = ''sepa''
    else (%s) end)', rule);
  select pg_get_expr(conbin, conrelid) into strict rule from pg_constraint where conrelid = 'identity.notice'::regclass and conname = 'notice_of_account';
  execute format('alter table identity.notice drop constraint notice_of_account, add constraint notice_of_account check (case
    when name in (''impersonation_begun'', ''api_key_made'', ''api_key_ended'') then true else (%s) end)', rule);
end $$;
create unique index notice_of_impersonation_once on identity.notice (impersonation_id) where impersonation_id is not null;
create unique index notice_of_api_key_once on identity.notice (api_key_id, name) where api_key_id is not null;

create or replace function identity.check_notice_kind() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if not (select case
      when num_nonnulls(n.factor_id, n.account_id) > 0 then new.kind = 'person'
      when num_nonnulls(n.impersonation_id, n.api_key_id) > 0 then new.kind in ('payer', 'place', 'distributor')
      when n.finding_id is not null then new.kind in ('payer', 'place', 'operator', 'auditor')
      when num_nonnulls(n.payee_id, n.fee_rule_version, n.charge_rule_version) > 0 then new.kind = 'place'
      else new.kind in ('payer', 'distributor') end
    from identity.notice n where n.id = new.notice_id) then
    raise exception 'notice % is not for a %', new.notice_id, new.kind using errcode = 'check_violation';
  end if;
  return new;
end $$;
