-- Few rows of the ledger touch Stripe, as few touch a bank.
create index transfer_psp_debit on settlement.transfer (event_id) where debit = 'psp';
create index transfer_psp_credit on settlement.transfer (event_id) where credit = 'psp';
