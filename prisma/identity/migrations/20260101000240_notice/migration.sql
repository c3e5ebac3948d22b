-- Notices by mail. A notice is of a vintage and a step; each party is told once, and each person of it gets one mail, with
-- what became of it. Who of a party reads it is decided when the notice comes.

create table identity.notice_choice (
  user_id uuid primary key references identity."user" (id),
  language text not null check (language in ('fr', 'en')),
  -- False: only what somebody has to act on.
  optional boolean not null,
  chosen_at timestamptz not null
);
comment on table identity.notice_choice is 'In which language a person reads notices, and whether also those that ask nothing; without a row: French, all';
grant select, insert, update on identity.notice_choice to {{role}};

create table identity.notice (
  id uuid primary key,
  name text not null check (name in (
    'ends_in_thirty_days', 'sign_off_due', 'charge_to_acknowledge', 'stop_handing_over', 'use_ended', 'claims_ended')),
  programme_id uuid not null,
  programme_name text not null check (length(programme_name) between 1 and 200),
  usable_until date not null,
  claimable_until date not null check (claimable_until >= usable_until),
  told_at timestamptz not null,
  constraint notice_once unique (name, programme_id, usable_until)
);
comment on table identity.notice is 'What is told of a step in the end of a vintage; once, however many batches and messages speak of it';
grant select, insert on identity.notice to {{role}};
create trigger append_only before update or delete on identity.notice
  for each row execute function identity.refuse_change();

create table identity.notice_party (
  notice_id uuid not null references identity.notice (id),
  kind text not null check (kind in ('payer', 'distributor')),
  party_id uuid not null,
  -- None: nobody of it can sign in, so that nobody was told. An operator has to see it.
  people int not null check (people >= 0),
  told_at timestamptz not null,
  primary key (notice_id, kind, party_id)
);
comment on table identity.notice_party is 'Payers and distributors that a notice was for, and how many people of each it found';
grant select, insert on identity.notice_party to {{role}};
create trigger append_only before update or delete on identity.notice_party
  for each row execute function identity.refuse_change();

create table identity.notice_mail (
  id uuid primary key,
  notice_id uuid not null references identity.notice (id),
  user_id uuid not null references identity."user" (id),
  kind text not null check (kind in ('payer', 'distributor')),
  address text not null,
  language text not null check (language in ('fr', 'en')),
  meant_at timestamptz not null,
  tries int not null default 0 check (tries >= 0),
  next_try_at timestamptz not null,
  constraint mail_once unique (notice_id, user_id)
);
create index notice_mail_next on identity.notice_mail (next_try_at);
comment on table identity.notice_mail is 'Mails that are meant to go out, one per notice and person; what became of each stands in notice_outcome';
grant select, insert, update (tries, next_try_at) on identity.notice_mail to {{role}};

create table identity.notice_outcome (
  mail_id uuid primary key references identity.notice_mail (id),
  outcome text not null check (outcome in ('taken', 'declined', 'refused')),
  message_id text,
  code text,
  at timestamptz not null,
  check ((outcome = 'taken') = (message_id is not null)),
  check ((outcome = 'refused') = (code is not null))
);
comment on table identity.notice_outcome is 'A mail that was handed over, one that its reader had opted out of, or one that no server took';
grant select, insert on identity.notice_outcome to {{role}};
create trigger append_only before update or delete on identity.notice_outcome
  for each row execute function identity.refuse_change();

-- Opting out is of what asks nothing.
create function identity.check_declined() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.outcome = 'declined' and exists (select from identity.notice_mail m join identity.notice n on n.id = m.notice_id
      where m.id = new.mail_id and n.name in ('sign_off_due', 'charge_to_acknowledge', 'stop_handing_over')) then
    raise exception 'mail % asks its reader to act and cannot be declined', new.mail_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_declined before insert on identity.notice_outcome
  for each row execute function identity.check_declined();
