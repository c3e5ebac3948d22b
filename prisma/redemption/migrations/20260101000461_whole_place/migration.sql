-- A place that is suspended for everything stays so for a programme that it is accredited for later: each measure is of one
-- programme, so it has to be told that it was meant for all.
alter table redemption.measure add column whole_place boolean not null default false;
comment on column redemption.measure.whole_place is 'Meant for every programme of the place, those to come included';
