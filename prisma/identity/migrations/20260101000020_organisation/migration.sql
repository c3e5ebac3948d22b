-- Who people act for. A party is the payer of issuance or the place of redemption that the organisation is.
create table identity.organisation (
  id uuid primary key,
  kind text not null check (kind in ('payer', 'place', 'operator', 'auditor')),
  name text not null check (length(name) between 1 and 200),
  party_id uuid,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  check ((kind in ('payer', 'place')) = (party_id is not null)),
  unique (id, kind)
);
-- One payer is one organisation: two would be two sets of people who do not see each other.
create unique index organisation_party on identity.organisation (kind, party_id) where party_id is not null;
comment on table identity.organisation is 'A payer, a place, the operator or an auditing body';
grant select, insert on identity.organisation to {{role}};

create table identity.membership (
  user_id uuid not null references identity."user" (id),
  organisation_id uuid not null,
  kind text not null,
  roles text[] not null,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, organisation_id),
  foreign key (organisation_id, kind) references identity.organisation (id, kind),
  -- The same table of roles as in libs/auth: a payer cannot become an approver by a slip of code.
  check (cardinality(roles) > 0 and roles <@ case kind
    when 'payer' then array['payer'] when 'place' then array['till']
    when 'operator' then array['operator', 'approver'] when 'auditor' then array['auditor'] end)
);
create index membership_organisation on identity.membership (organisation_id);
comment on table identity.membership is 'What a person may do for an organisation';
grant select, insert on identity.membership to {{role}};
