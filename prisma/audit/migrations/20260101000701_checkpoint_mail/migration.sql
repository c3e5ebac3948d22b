-- Who was mailed the newest checkpoint of a day. The address is a person's: its hash is enough not to mail it twice.
create table audit.checkpoint_mail (
  day date not null,
  address_sha256 text not null check (address_sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null references audit.checkpoint (size),
  message_id text check (length(message_id) between 1 and 300),
  refusal text check (length(refusal) between 1 and 100),
  mailed_at timestamptz not null,
  primary key (day, address_sha256),
  constraint taken_or_refused check (num_nulls(message_id, refusal) = 1)
);
comment on table audit.checkpoint_mail is 'The newest checkpoint went to an address on a day, or the mail server refused it';
grant select, insert on audit.checkpoint_mail to {{role}};
create trigger append_only before update or delete on audit.checkpoint_mail
  for each row execute function audit.refuse_change();
