-- What the rules of a programme say besides its face value and its dates, and the day from which a version is in force.

alter table issuance.programme_rule
  -- The operator's day. Of two versions of one day the later counts, so that a mistake is mended by publishing again.
  add column effective_from date not null generated always as ((in_force_from at time zone 'Europe/Paris')::date) stored,
  -- Null in rules of before, which were in force from their publication.
  add column published_at timestamptz,
  -- Null in rules of before: a unit voucher then has the face value, a balance voucher at most that.
  add column face_min_cents bigint check (face_min_cents >= 1),
  add column face_max_cents bigint check (face_max_cents <= 1000000),
  add column target_publics text[] not null default '{}' check (target_publics <@ array[
    'young_people', 'students', 'families', 'seniors', 'women', 'job_seekers', 'minimum_income', 'people_with_disabilities',
    'newcomers', 'rural_residents']),
  add column target_public_label text check (length(target_public_label) between 1 and 500),
  add column territory jsonb not null default '[]' check (jsonb_typeof(territory) = 'array'),
  -- The services of the national nomenclature, as in libs/contracts/src/service-codes.ts (a test compares).
  add column services text[] not null default '{}' check (services <@ array[
    'administrative_steps', 'everyday_tools', 'employment', 'safe_use', 'family_and_education', 'leisure_and_creation',
    'digital_world', 'access_and_equipment', 'equipment_at_solidarity_price']),
  add column order_count_min int check (order_count_min >= 1),
  add column order_count_max int check (order_count_max >= 1),
  add column ordered_max_cents bigint check (ordered_max_cents >= 1),
  add column redemption_max_cents bigint check (redemption_max_cents >= 1),
  add constraint face_within_bounds check (face_cents between face_min_cents and face_max_cents),
  add constraint order_count_bounds check (order_count_min <= order_count_max);
comment on column issuance.programme_rule.in_force_from is 'The moment from which the version is in force: its publication, or the beginning of a later day';
comment on column issuance.programme_rule.territory is 'Where places may be accredited, by official codes; an EPCI carries its communes; empty: everywhere';
comment on column issuance.programme_rule.services is 'What the vouchers may be used for; empty: everything';
comment on column issuance.programme_rule.target_publics is 'Whom the vouchers are meant for; informs, and is checked nowhere: a voucher names nobody';
comment on column issuance.programme_rule.ordered_max_cents is 'What all orders of the programme may come to';

-- Nothing happens when the day of a version comes: whoever asks compares. Null: no version is in force yet.
create function issuance.rule_in_force(programme uuid, at timestamptz) returns int language sql stable
  set search_path = pg_catalog as $$
  select r.version from issuance.programme_rule r where r.programme_id = programme and r.in_force_from <= at
  order by r.effective_from desc, r.version desc limit 1
$$;
