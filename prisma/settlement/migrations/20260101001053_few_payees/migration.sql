-- The public account of a pool sums what a closing brought of a programme with fewer than three payees: for that, shares are found by their
-- statement, and statements by their closing.
create index commons_share_source on settlement.commons_share (source_id) where source = 'statement';
create index statement_closing_number on settlement.statement (up_to_seq);
