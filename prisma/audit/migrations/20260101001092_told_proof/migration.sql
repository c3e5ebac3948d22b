-- How far the proofs of statements were told to settlement, by place in the log. Begins where the log ends today: what closed before has its
-- proof by the route.
create table audit.told_proof (
  only_one boolean primary key default true check (only_one),
  up_to_index bigint not null check (up_to_index >= 0)
);
comment on table audit.told_proof is 'Statements before this place in the log have their proofs told to settlement';
grant select, insert, update on audit.told_proof to {{role}};
insert into audit.told_proof (up_to_index) select coalesce(max(size), 0) from audit.checkpoint;
