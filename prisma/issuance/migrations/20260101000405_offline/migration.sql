alter table issuance.programme_rule add column offline boolean not null default false;
comment on column issuance.programme_rule.offline is 'Whether an enrolled device of a place may capture vouchers without a network, at the place''s own risk';
