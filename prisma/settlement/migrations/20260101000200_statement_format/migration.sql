-- In which format of the bank a statement came: the same one may be fetched in two, and is booked once.
alter table settlement.bank_statement
  add column format text not null default 'camt.053' check (format in ('camt.053', 'cfonb120'));
create index bank_statement_day on settlement.bank_statement (bank_account_id, closed_on);
