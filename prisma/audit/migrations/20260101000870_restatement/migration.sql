-- To make the ledgers again is asked for by one person and approved by another: while it goes on, nothing is compared.

create table audit.restatement (
  id uuid primary key,
  reason text not null check (length(reason) between 1 and 1000),
  asked_by text not null,
  asked_at timestamptz not null
);
comment on table audit.restatement is 'Somebody asked that the restated ledgers are made again from the first event, and why';
grant select, insert on audit.restatement to {{role}};
create trigger append_only before update or delete on audit.restatement
  for each row execute function audit.refuse_change();

create table audit.restatement_approval (
  restatement_id uuid primary key references audit.restatement (id),
  -- In the order in which they began.
  number int not null unique check (number > 0),
  approved_by text not null,
  approved_at timestamptz not null
);
comment on table audit.restatement_approval is 'Another person agreed: with this row all that was restated is forgotten and made again';
grant select, insert on audit.restatement_approval to {{role}};
create trigger append_only before update or delete on audit.restatement_approval
  for each row execute function audit.refuse_change();

create function audit.check_restatement_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.approved_by = (select asked_by from audit.restatement where id = new.restatement_id) then
    raise exception 'who asked for a restatement does not approve it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger by_another before insert on audit.restatement_approval
  for each row execute function audit.check_restatement_approval();

create table audit.standing_difference (
  restatement_id uuid not null references audit.restatement_approval (restatement_id),
  ledger text not null check (ledger in ('issuance', 'redemption', 'settlement')),
  sender text not null check (sender in ('issuance', 'redemption', 'settlement')),
  custody_account_id uuid not null,
  programme text not null,
  account text not null,
  said_count int not null,
  said_amount bigint not null,
  restated_count int not null,
  restated_amount bigint not null,
  differs_after_seq bigint not null,
  up_to_seq bigint not null,
  named text,
  primary key (restatement_id, ledger, sender, custody_account_id, programme, account)
);
comment on table audit.standing_difference is 'What differed when a restatement began: it stands until the ledger is compared again';
grant select, insert on audit.standing_difference to {{role}};
create trigger append_only before update or delete on audit.standing_difference
  for each row execute function audit.refuse_change();

-- A restatement forgets what was compared. What differed before stands until its ledger was compared anew, so that nobody can make a
-- difference go away for as long as the counting takes.
create view audit.difference as
  select t.ledger, t.sender, t.custody_account_id, t.programme, t.account, t.said_count, t.said_amount, t.restated_count, t.restated_amount,
    t.differs_after_seq, coalesce(p.up_to_seq, 0) as up_to_seq, t.named
  from audit.compared_tally t left join audit.compared_position p on p.ledger = t.ledger and p.sender = t.sender
  where t.differs_after_seq is not null
  union all
  select s.ledger, s.sender, s.custody_account_id, s.programme, s.account, s.said_count, s.said_amount, s.restated_count, s.restated_amount,
    s.differs_after_seq, s.up_to_seq, s.named
  from audit.standing_difference s
  where s.restatement_id = (select restatement_id from audit.restatement_approval order by number desc limit 1)
    and not exists (select from audit.compared_announcement a where a.ledger = s.ledger);
comment on view audit.difference is 'Where a ledger is not what its events say: as compared last, or as it stood when a restatement began that is not compared yet';
grant select on audit.difference to {{role}};
