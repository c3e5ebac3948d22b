-- The programmes that a reading payer paid for, by what events speak of: from the payer to its activations, and from their batches to those who
-- made them, each by the index of mentions. Every policy of a payer asks for them, and so does whoever asks whether it pays for a programme.
create or replace function audit.programmes_of_reader() returns setof text language sql stable security definer set search_path = pg_catalog as $$
  with paid as materialized (
    select distinct (a.body ->> 'batchId')::uuid as batch_id
    from audit.event_mention m join audit.event a on a.sender = m.sender and a.seq = m.seq
    where m.subject = audit.reading_party() and m.type = 'range.activated.v1')
  select distinct b.body ->> 'programmeId'
  from paid join audit.event_mention m on m.subject = paid.batch_id and m.type = 'batch.created.v1'
  join audit.event b on b.sender = m.sender and b.seq = m.seq
$$;
