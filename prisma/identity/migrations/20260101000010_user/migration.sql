-- People and how they sign in. The columns are those that better-auth reads and writes, under our names.
create table identity."user" (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null check (email = lower(email) and length(email) <= 200),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create unique index user_email on identity."user" (email);
comment on table identity."user" is 'A person who can sign in';
grant select, insert, update on identity."user" to {{role}};

-- The token is half of the cookie: without the signature that better-auth adds to it, it opens nothing.
create table identity.session (
  id uuid primary key,
  token text not null,
  user_id uuid not null references identity."user" (id),
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create unique index session_token on identity.session (token);
create index session_of_user on identity.session (user_id);
comment on table identity.session is 'A browser or program that is signed in, until it signs out or its time is up';
grant select, insert, update, delete on identity.session to {{role}};

create table identity.credential (
  id uuid primary key,
  user_id uuid not null references identity."user" (id),
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  -- A password is kept as `salt:key` of scrypt, in hexadecimal; nothing else may stand in that column.
  check (password is null or password ~ '^[0-9a-f]{32}:[0-9a-f]{128}$')
);
create unique index credential_account on identity.credential (provider_id, account_id);
create index credential_user on identity.credential (user_id);
comment on table identity.credential is 'One way in which a person proves who they are; so far only a password';
grant select, insert, update on identity.credential to {{role}};

-- better-auth does not start without it. Nothing writes it until there is a password reset by mail.
create table identity.verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create index verification_identifier on identity.verification (identifier);
comment on table identity.verification is 'One-time proofs sent to an address; empty so far';
grant select on identity.verification to {{role}};
