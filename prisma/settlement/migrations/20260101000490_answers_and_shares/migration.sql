-- Who stands behind an account is wider than who entered it: who decided that its IBAN is shared led money there too, and an answer
-- of the bank that one of them brought confirms nothing, because a file can be written by hand.

-- Who entered the IBAN for the payee, by any version up to this one, or proposed that the payee shares it; and who checked or agreed
-- to that, until a run has paid there. Of an account that waits for its approval, whoever entered its IBAN, approved or not.
create or replace function settlement.people_behind(account uuid, but_run uuid) returns setof text language sql stable as $$
  select who from settlement.payee_bank_account b
    join settlement.payee_bank_account same on same.payee_id = b.payee_id and same.iban = b.iban and same.version <= b.version
      and (same.approved_at is not null or b.approved_at is null)
    cross join lateral (select same.maker as who union all select same.checker where not exists (
      select from settlement.payee_bank_account since join settlement.payment paid on paid.payee_bank_account_id = since.id
        join settlement.settlement_run r on r.id = paid.run_id
      where since.payee_id = same.payee_id and since.iban = same.iban and since.version >= same.version
        and r.state = 'released' and r.id is distinct from but_run)) people
  where b.id = account and who is not null
  union
  select who from settlement.payee_bank_account b
    join settlement.iban_share s on s.payee_id = b.payee_id and s.iban = b.iban
    join settlement.iban_share_approval a on a.share_id = s.id
    cross join lateral (select s.proposed_by as who union all select a.approved_by where not exists (
      select from settlement.payee_bank_account same join settlement.payment paid on paid.payee_bank_account_id = same.id
        join settlement.settlement_run r on r.id = paid.run_id
      where same.payee_id = s.payee_id and same.iban = s.iban and r.state = 'released' and r.id is distinct from but_run)) people
  where b.id = account
$$;

create or replace function settlement.check_bank_account_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
declare answered text; brought_by text;
begin
  if exists (select from settlement.payee_bank_account b where b.payee_id = new.payee_id and b.version > new.version) then
    raise exception 'bank account % was superseded', new.id using errcode = 'check_violation';
  end if;
  select v.outcome, f.imported_by into answered, brought_by
    from settlement.payee_verification v join settlement.payee_verification_file f on f.sha256 = v.file_sha256
    where v.payee_bank_account_id = new.id order by v.answered_at desc, v.file_sha256 desc, v.ordinal desc limit 1;
  if new.approval_reason is null and (coalesce(answered, 'none') not in ('match', 'close_match')
    or exists (select from settlement.people_behind(new.id, null) as who where who = brought_by))
  then
    raise exception 'bank account % is not confirmed by the bank and its approval states no reason', new.id using errcode = 'check_violation';
  end if;
  update settlement.payee_bank_account set replaced_at = new.approved_at
    where payee_id = new.payee_id and id <> new.id and approved_at is not null and replaced_at is null;
  return new;
end $$;

create table settlement.iban_share_withdrawal (
  share_id uuid primary key references settlement.iban_share,
  withdrawn_by text not null,
  withdrawn_at timestamptz not null
);
comment on table settlement.iban_share_withdrawal is 'A proposal that a payee shares an IBAN is no longer one: nobody had approved it';
grant select, insert on settlement.iban_share_withdrawal to {{role}};
create trigger append_only before update or delete on settlement.iban_share_withdrawal
  for each row execute function settlement.refuse_change();

-- Proposed again after a withdrawal: numbered, so that two proposals at once meet at the number.
alter table settlement.iban_share
  add column attempt int not null default 1 check (attempt >= 1),
  drop constraint one_share_per_payee,
  add constraint one_share_per_payee unique (iban, payee_id, attempt);
comment on column settlement.iban_share.attempt is 'How often it was proposed for this payee and IBAN: again only once the one before was withdrawn';

create function settlement.check_share_proposal() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.attempt <> (select 1 + count(*) from settlement.iban_share where iban = new.iban and payee_id = new.payee_id)
    or exists (select from settlement.iban_share s where s.iban = new.iban and s.payee_id = new.payee_id
      and not exists (select from settlement.iban_share_withdrawal w where w.share_id = s.id))
  then
    raise exception 'that payee % shares the IBAN is proposed already', new.payee_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_proposal before insert on settlement.iban_share
  for each row execute function settlement.check_share_proposal();

-- An approval and a withdrawal at once meet at the lock of the share's name, which code that asks properly holds already.
create or replace function settlement.check_share_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('settlement:iban share ' || new.share_id, 0));
  if exists (select from settlement.iban_share where id = new.share_id and proposed_by = new.approved_by) then
    raise exception 'share % cannot be approved by who proposed it', new.share_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.iban_share_withdrawal where share_id = new.share_id) then
    raise exception 'share % was withdrawn', new.share_id using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function settlement.check_share_withdrawal() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('settlement:iban share ' || new.share_id, 0));
  if exists (select from settlement.iban_share_approval where share_id = new.share_id) then
    raise exception 'share % was approved, and is withdrawn no more', new.share_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_withdrawal before insert on settlement.iban_share_withdrawal
  for each row execute function settlement.check_share_withdrawal();
