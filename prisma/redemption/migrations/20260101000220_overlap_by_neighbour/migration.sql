-- A batch of a million may be activated in a thousand ranges. Ranges of a batch are apart, so of all that begin before a new
-- one ends, only the last can reach into it: one look into the index instead of all of them.
create or replace function redemption.refuse_overlap() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
declare
  neighbour_last int;
begin
  -- Two activations of one batch queue here, so that the second sees the range of the first.
  perform 1 from redemption.batch where id = new.batch_id for update;
  select r.last into neighbour_last from redemption.voucher_range r
    where r.batch_id = new.batch_id and r.first <= new.last order by r.first desc limit 1;
  if neighbour_last >= new.first then
    raise exception 'indices %..% of batch % are activated already, in part or wholly', new.first, new.last, new.batch_id
      using errcode = 'exclusion_violation';
  end if;
  return new;
end $$;
