-- A redemption that was undone before its period closed: a second line with the opposite sign. The first one stays.
alter table settlement.claim_line
  add column undo_id uuid unique,
  drop constraint claim_line_redemption_id_key,
  drop constraint claim_line_gross_check,
  add constraint sign_tells_the_kind check (case when undo_id is null then gross > 0 else gross < 0 end);
-- Each redemption has one line that owes it, and one at most that takes it back.
create unique index claim_line_owing on settlement.claim_line (redemption_id) where undo_id is null;
create unique index claim_line_undoing on settlement.claim_line (redemption_id) where undo_id is not null;
comment on column settlement.claim_line.undo_id is 'The event that undid the redemption, on the line that takes back its gross; null on the line that owes it';

-- A group of lines that undo each other adds up to nothing, beside others that do not.
alter table settlement.statement_fee
  drop constraint statement_fee_gross_check,
  add constraint statement_fee_gross_check check (gross >= 0);

create function settlement.check_undoing_line() returns trigger language plpgsql set search_path = pg_catalog as $$
declare owing settlement.claim_line;
begin
  select * into owing from settlement.claim_line where redemption_id = new.redemption_id and undo_id is null;
  if owing.id is null or new.gross <> -owing.gross
      or (new.place_id, new.site_id, new.payee_id, new.programme_id, new.batch_id, new.custody_account_id, new.currency, new.fee_rule_version)
         is distinct from (owing.place_id, owing.site_id, owing.payee_id, owing.programme_id, owing.batch_id, owing.custody_account_id,
           owing.currency, owing.fee_rule_version) then
    raise exception 'the line that undoes redemption % is not the opposite of the line that owes it', new.redemption_id
      using errcode = 'check_violation';
  end if;
  -- Redemption refuses this by itself. Should it ever not: better a dead letter that somebody reads than a place that is
  -- paid for a service and then, in another statement, is not.
  if exists (select from settlement.statement_closing where up_to_seq >= owing.source_seq) then
    raise exception 'redemption % is undone after number % of it was closed', new.redemption_id, owing.source_seq
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger check_undoing before insert on settlement.claim_line
  for each row when (new.undo_id is not null) execute function settlement.check_undoing_line();

create table settlement.parked_undo (
  redemption_id uuid primary key,
  message jsonb not null,
  parked_at timestamptz not null
);
comment on table settlement.parked_undo is 'Undoings that came before the redemption that they undo; handled and removed in the transaction that brings it';
grant select, insert, delete on settlement.parked_undo to {{role}};
