-- Samples that an auditing body drew (ADR 0055): what they were drawn from, by which seed, what came, and what was found of each item.
create table audit.sample (
  id uuid primary key,
  organisation_id uuid not null,
  mandate_ids uuid[] not null check (cardinality(mandate_ids) between 1 and 5),
  title text not null check (length(title) between 1 and 200),
  population text not null check (population in ('redemption', 'claim_line', 'statement', 'payment')),
  -- Of the population: days, programme, place; as it was asked, with what the mandates left of it.
  filter jsonb not null check (jsonb_typeof(filter) = 'object'),
  stratum text not null check (stratum in ('none', 'programme', 'place', 'month', 'amount_band')),
  band_cents bigint[] not null check ((cardinality(band_cents) > 0) = (stratum = 'amount_band')),
  -- The frame: events of the log below the size of this checkpoint, which everybody has.
  log_size bigint not null references audit.checkpoint (size),
  frame_count int not null check (frame_count > 0),
  frame_cents bigint not null check (frame_cents >= 0),
  currency text not null default 'EUR' check (currency = 'EUR'),
  seed text not null check (length(seed) between 1 and 64),
  size int not null check (size between 1 and 500 and size <= frame_count),
  drawn_by uuid not null,
  drawn_at timestamptz not null
);
create index sample_of_organisation on audit.sample (organisation_id, drawn_at);
comment on table audit.sample is 'A sample with all that its items follow from: the frame in the sealed log, the strata, the size and the seed';
grant select, insert on audit.sample to {{role}};
create trigger append_only before update or delete on audit.sample
  for each row execute function audit.refuse_change();

create table audit.sample_item (
  sample_id uuid not null references audit.sample (id),
  position int not null check (position > 0),
  event_id uuid not null references audit.event (id),
  stratum text not null check (length(stratum) <= 60),
  amount_cents bigint not null check (amount_cents >= 0),
  currency text not null default 'EUR' check (currency = 'EUR'),
  primary key (sample_id, position),
  unique (sample_id, event_id)
);
comment on table audit.sample_item is 'One drawn event, in the order of the draw';
grant select, insert on audit.sample_item to {{role}};
create trigger append_only before update or delete on audit.sample_item
  for each row execute function audit.refuse_change();

-- As many items as the sample says, at its commit and for ever: none comes later, and none was left out.
create function audit.check_sample_items() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if (select count(*) <> s.size or max(i.position) <> s.size from audit.sample s left join audit.sample_item i on i.sample_id = s.id
      where s.id = new.id group by s.size) then
    raise exception 'sample % has other items than it says', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger check_sample_items after insert on audit.sample deferrable initially deferred
  for each row execute function audit.check_sample_items();

create function audit.check_drawn_at_once() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.position > (select s.size from audit.sample s where s.id = new.sample_id) then
    raise exception 'sample % has no item %', new.sample_id, new.position using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_drawn_at_once before insert on audit.sample_item for each row execute function audit.check_drawn_at_once();

create table audit.sample_mark (
  sample_id uuid not null,
  position int not null,
  version int not null check (version > 0),
  verdict text not null check (verdict in ('ok', 'not_ok', 'open')),
  note text check (length(note) between 1 and 2000),
  marked_by uuid not null,
  marked_at timestamptz not null,
  primary key (sample_id, position, version),
  foreign key (sample_id, position) references audit.sample_item (sample_id, position),
  constraint not_ok_says_why check (verdict <> 'not_ok' or note is not null)
);
comment on table audit.sample_mark is 'What somebody found of an item; the latest version counts, the earlier ones stay';
grant select, insert on audit.sample_mark to {{role}};
create trigger append_only before update or delete on audit.sample_mark
  for each row execute function audit.refuse_change();

create function audit.check_mark_follows() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if new.version <> 1 + (select coalesce(max(m.version), 0) from audit.sample_mark m where m.sample_id = new.sample_id and m.position = new.position) then
    raise exception 'marks of an item are numbered without a gap' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_mark_follows before insert on audit.sample_mark for each row execute function audit.check_mark_follows();

-- Open until somebody has said otherwise.
create function audit.verdict_of(of_sample uuid, of_position int) returns text language sql stable set search_path = pg_catalog as $$
  select coalesce((select m.verdict from audit.sample_mark m where m.sample_id = of_sample and m.position = of_position order by m.version desc limit 1), 'open')
$$;
