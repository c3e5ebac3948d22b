-- Rights and sign-ins that end before their time (ADR 0067). A membership has an id, which tokens name; it may end once, and another begin
-- after it. What has ended is on a list that every service reads each few seconds, so that no token outlives it.
alter table identity.session add column seen_at timestamptz;
comment on column identity.session.seen_at is 'When a token was last asked for in it; about when its person was last here';

create table identity.revocation (
  id uuid primary key,
  what text not null check (what in ('session', 'membership', 'mandate')),
  -- Real time, as tokens have it, whatever the clock of the installation says.
  at timestamptz not null default clock_timestamp()
);
comment on table identity.revocation is 'What ended by somebody''s will: a token that names one of these is refused until it has run out by itself';
create index revocation_at on identity.revocation (at);
grant select, insert on identity.revocation to {{role}};
create trigger append_only before update on identity.revocation for each row execute function identity.refuse_change();
create trigger kept before delete on identity.revocation for each row execute function identity.refuse_early_delete('at', '1 day');

create function identity.forget_revocation(at timestamptz, at_most int) returns int language plpgsql security definer set search_path = pg_catalog as $$
declare gone int;
begin
  delete from identity.revocation r using (
    select id from identity.revocation
    where identity.revocation.at < least(forget_revocation.at, clock_timestamp()) - interval '1 day' limit at_most for update skip locked) old
  where r.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function identity.forget_revocation(timestamptz, int) from public;
grant execute on function identity.forget_revocation(timestamptz, int) to {{role}};

alter table identity.membership_confirmation drop constraint membership_confirmation_user_id_organisation_id_fkey;
alter table identity.membership_confirmation drop constraint membership_confirmation_pkey;
alter table identity.membership drop constraint membership_pkey;
drop trigger append_only on identity.membership;
alter table identity.membership
  add column id uuid not null default gen_random_uuid(),
  add column ended_at timestamptz,
  add column ended_by text,
  add primary key (id),
  add constraint membership_end check ((ended_at is null) = (ended_by is null)),
  add constraint nobody_ends_their_own check (ended_by <> user_id::text);
create unique index membership_open on identity.membership (user_id, organisation_id) where ended_at is null;
create index membership_of_user on identity.membership (user_id);
grant update (ended_at, ended_by) on identity.membership to {{role}};
comment on table identity.membership is 'What a person may do for an organisation, until it ends; other roles are another membership after it';

create function identity.membership_ends_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.ended_at is not null or new.ended_at is null then
    raise exception 'membership % ends once', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger ends_once before update on identity.membership for each row execute function identity.membership_ends_once();
create trigger append_only before delete on identity.membership for each row execute function identity.refuse_change();

alter table identity.membership_confirmation add column membership_id uuid;
alter table identity.membership_confirmation disable trigger append_only;
update identity.membership_confirmation c set membership_id = m.id
  from identity.membership m where m.user_id = c.user_id and m.organisation_id = c.organisation_id;
alter table identity.membership_confirmation enable trigger append_only;
alter table identity.membership_confirmation
  alter column membership_id set not null,
  add primary key (membership_id),
  add foreign key (membership_id) references identity.membership (id);

create or replace view identity.active_membership as
  select m.* from identity.membership m
  where m.ended_at is null and (m.kind <> 'operator' or exists (select from identity.membership_confirmation c where c.membership_id = m.id));

-- Who stands for somebody stands for the membership that is open now.
create or replace function identity.check_confirmation() returns trigger language plpgsql set search_path = pg_catalog as $$
declare proposed_by text; organisation_kind text; open_id uuid;
begin
  select id, created_by, kind into open_id, proposed_by, organisation_kind from identity.membership
    where user_id = new.user_id and organisation_id = new.organisation_id and ended_at is null;
  new.membership_id := open_id;
  if organisation_kind <> 'operator' then
    raise exception 'memberships of a % need no confirmation', organisation_kind using errcode = 'check_violation';
  end if;
  if new.confirmed_by = 'machine' then
    if (select count(*) from identity.membership where kind = 'operator') > 2 then
      raise exception 'only the first two people of the operator are confirmed by the machine''s owner' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.confirmed_by in (proposed_by, new.user_id::text) then
    raise exception 'membership of % is confirmed by its proposer or by itself', new.user_id using errcode = 'check_violation';
  end if;
  if not exists (select from identity.active_membership a where a.user_id::text = new.confirmed_by
                 and a.organisation_id = new.organisation_id and 'approver' = any (a.roles)) then
    raise exception '% is no approver of this organisation', new.confirmed_by using errcode = 'check_violation';
  end if;
  return new;
end $$;
