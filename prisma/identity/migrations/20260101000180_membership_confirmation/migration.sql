-- Four eyes over the operator's own people: who may approve payments is not decided by one person alone. A membership of
-- the operator counts once somebody else has confirmed it; the first two are confirmed by whoever owns the machine.

create table identity.membership_confirmation (
  user_id uuid not null,
  organisation_id uuid not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null,
  primary key (user_id, organisation_id),
  foreign key (user_id, organisation_id) references identity.membership (user_id, organisation_id)
);
comment on table identity.membership_confirmation is 'Who stood for a new member of the operator besides the one who proposed it; `machine` for the first two';
grant select, insert on identity.membership_confirmation to {{role}};
create trigger append_only before update or delete on identity.membership_confirmation
  for each row execute function identity.refuse_change();

create view identity.active_membership as
  select m.* from identity.membership m
  where m.kind <> 'operator' or exists (
    select from identity.membership_confirmation c where c.user_id = m.user_id and c.organisation_id = m.organisation_id);
comment on view identity.active_membership is 'Memberships that a token may be issued for';
grant select on identity.active_membership to {{role}};

create function identity.check_confirmation() returns trigger language plpgsql set search_path = pg_catalog as $$
declare proposed_by text; organisation_kind text;
begin
  select created_by, kind into proposed_by, organisation_kind from identity.membership
    where user_id = new.user_id and organisation_id = new.organisation_id;
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
create trigger check_confirmation before insert on identity.membership_confirmation
  for each row execute function identity.check_confirmation();

-- Who acts for the operator already goes on acting: their memberships were made when one person was enough.
alter table identity.membership_confirmation disable trigger check_confirmation;
insert into identity.membership_confirmation (user_id, organisation_id, confirmed_by, confirmed_at)
  select user_id, organisation_id, 'machine', created_at from identity.membership where kind = 'operator';
alter table identity.membership_confirmation enable trigger check_confirmation;
