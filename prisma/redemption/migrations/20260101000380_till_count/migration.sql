-- What tills were refused, by the minute: so that several processes, and the next one after a restart, share one limit. Written
-- beside the till's path, never in its transaction.
create table redemption.till_count (
  minute timestamptz not null check (minute = date_trunc('minute', minute)),
  subject text not null check (subject ~ '^(platform|(place|device):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'),
  refused int not null check (refused >= 0),
  unknown int not null check (unknown between 0 and refused),
  primary key (minute, subject)
);
comment on table redemption.till_count is 'How many attempts of a place, a device or of all tills together were refused in a minute, and how many of these named a code that nobody knows; two hours are kept';
grant select, insert, update (refused, unknown), delete on redemption.till_count to {{role}};
