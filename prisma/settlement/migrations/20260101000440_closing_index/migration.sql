-- A closing reads every open line of every place. Lines lie in the order of their numbers, so that those of a place are scattered
-- over the whole table: with what it needs of each in the index, a closing of a million lines reads no table page.
create index claim_line_due on settlement.claim_line (payee_id, custody_account_id, source_seq)
  include (id, redemption_id, programme_id, fee_rule_version, gross);
drop index settlement.claim_line_payee;
