-- Claim lines come by the thousand: what is asked of each is asked once per statement, and what nobody looks up is in no index.

-- As before, judged once for all lines of a statement: the lowest number among them says whether one is late.
drop trigger refuse_late on settlement.claim_line;
create or replace function settlement.refuse_late_claim_line() returns trigger language plpgsql set search_path = pg_catalog as $$
declare late record;
begin
  select a.redemption_id, a.source_seq into late from added a
    where a.source_seq <= (select max(up_to_seq) from settlement.statement_closing) order by a.source_seq limit 1;
  if found then
    raise exception 'claim line of redemption % has number %, which is closed already', late.redemption_id, late.source_seq
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger refuse_late after insert on settlement.claim_line
  referencing new table as added for each statement execute function settlement.refuse_late_claim_line();

-- Of lines that undo nothing there is nothing to be unique.
alter table settlement.claim_line drop constraint claim_line_undo_id_key;
create unique index claim_line_undo on settlement.claim_line (undo_id) where undo_id is not null;

-- Only the comparison with redemption's total read it, which now reads each line once for everything that a closing asks first.
drop index settlement.claim_line_place;

-- Asked of each transfer before its trigger is, which nearly none of them needs.
drop trigger keep_guarded_balance on settlement.transfer;
create trigger keep_guarded_balance after insert on settlement.transfer for each row
  when (settlement.is_guarded(new.credit) or settlement.is_guarded(new.debit)) execute function settlement.keep_guarded_balance();
