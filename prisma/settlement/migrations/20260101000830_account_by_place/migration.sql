-- A place enters the account that it wants to be paid on, instead of sending it to an operator who types it. Nothing else of the way of an
-- account changes: another person of the operator compares and approves it, the people of all places of the payee hear of it, and another
-- IBAN than before waits. Whoever checks has to know that the place entered it itself.
alter table settlement.payee_bank_account
  add column place_id uuid,
  add constraint place_of_its_payee foreign key (place_id, payee_id) references settlement.payee_site (place_id, payee_id);
comment on column settlement.payee_bank_account.place_id is 'Whose manager entered it; null: an operator did';
