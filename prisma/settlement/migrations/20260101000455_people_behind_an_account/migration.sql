-- An account that is entered again is the same account: who entered its IBAN first stands behind it still, and does not become the
-- approver of a run because somebody else has added a BIC since.

-- Who entered the IBAN for the payee, by any version up to this one; and who checked it, until a run has paid there.
create function settlement.people_behind(account uuid, but_run uuid) returns setof text language sql stable as $$
  select who from settlement.payee_bank_account b
    join settlement.payee_bank_account same on same.payee_id = b.payee_id and same.iban = b.iban and same.version <= b.version
      and same.approved_at is not null
    cross join lateral (select same.maker as who union all select same.checker where not exists (
      select from settlement.payee_bank_account since join settlement.payment paid on paid.payee_bank_account_id = since.id
        join settlement.settlement_run r on r.id = paid.run_id
      where since.payee_id = same.payee_id and since.iban = same.iban and since.version >= same.version
        and r.state = 'released' and r.id <> but_run)) people
  where b.id = account
$$;

create or replace function settlement.check_approval() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if exists (select from settlement.settlement_run where id = new.run_id and created_by = new.user_id) then
    raise exception 'run % cannot be approved by its creator', new.run_id using errcode = 'check_violation';
  end if;
  if exists (select from settlement.payment p cross join lateral settlement.people_behind(p.payee_bank_account_id, new.run_id) as who
             where p.run_id = new.run_id and who = new.user_id) then
    raise exception 'run % cannot be approved by who changed a bank account that it pays to', new.run_id
      using errcode = 'check_violation';
  end if;
  if not exists (select from settlement.settlement_run where id = new.run_id and state in ('drafted', 'approved')) then
    raise exception 'run % is past approval', new.run_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
