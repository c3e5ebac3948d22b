-- What had not been used of a disputed payment moves under an event of its own, because the message of the dispute does not
-- tell how much that is: whoever restates the ledger from messages would miss it. Null where nothing moved, and of disputes of
-- before, which posted it under the dispute's own event.
alter table issuance.dispute add column rest_event_id uuid unique
  check (rest_event_id is null or cover_back_cents + excess_back_cents > 0);
alter table issuance.dispute_end add column rest_event_id uuid unique
  check (rest_event_id is null or cover_again_cents + excess_again_cents > 0);
