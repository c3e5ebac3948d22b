-- What of a programme's rules binds a voucher stands in its batch, as its dates do: a right that was sold never changes.

alter table redemption.batch
  -- Null in batches of before: whoever made them said nothing of it, and no rule restricted anything.
  add column rule_version int check (rule_version > 0),
  add column services text[] not null default '{}' check (services <@ array[
    'administrative_steps', 'everyday_tools', 'employment', 'safe_use', 'family_and_education', 'leisure_and_creation',
    'digital_world', 'access_and_equipment', 'equipment_at_solidarity_price']),
  add column redemption_max bigint check (redemption_max > 0);
comment on column redemption.batch.services is 'What its vouchers may be used for; empty: everything';
comment on column redemption.batch.redemption_max is 'The most that one redemption takes; null: what the voucher holds';

create table redemption.known_programme_rule (
  programme_id uuid not null references redemption.known_programme (programme_id),
  version int not null check (version > 0),
  effective_from date not null,
  territory jsonb not null check (jsonb_typeof(territory) = 'array'),
  primary key (programme_id, version)
);
comment on table redemption.known_programme_rule is 'Copy of programme.published: where places may be accredited, by version; the one in force is found by its day';
grant select, insert on redemption.known_programme_rule to {{role}};
create trigger append_only before update or delete on redemption.known_programme_rule
  for each row execute function redemption.refuse_change();
comment on table redemption.known_programme is 'Copy of programme.published: the latest version of each programme, in force or to come';

alter table redemption.accreditation
  add column commune char(5) check (commune ~ '^([013-9][0-9]|2[AB1-9])[0-9]{3}$');
comment on column redemption.accreditation.commune is 'Where the place was when it was accredited, by INSEE code: from its listing or said by the operator; null: nobody knew';
