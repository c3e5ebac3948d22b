-- Portals read redemptions as one of two roles that the service takes for one transaction (libs/persistence, readAs): the reader sees those
-- of the place in `mereau.org`, and none without one; the overseer, for the operator and auditors, sees every row. Neither writes. The till's
-- path goes on as the service itself, whose policy leaves it every row and adds nothing to its plans.
alter table redemption.redemption enable row level security;
create policy service on redemption.redemption to {{role}} using (true) with check (true);
create policy overseer on redemption.redemption for select to {{overseer}} using (true);
create policy inspector on redemption.redemption for select to mereau_inspector using (true);
create policy reader on redemption.redemption for select to {{reader}}
  using (place_id = (select nullif(current_setting('mereau.org', true), '')::uuid));

alter table redemption.undone_redemption enable row level security;
create policy service on redemption.undone_redemption to {{role}} using (true) with check (true);
create policy overseer on redemption.undone_redemption for select to {{overseer}} using (true);
create policy inspector on redemption.undone_redemption for select to mereau_inspector using (true);
create policy reader on redemption.undone_redemption for select to {{reader}}
  using (place_id = (select nullif(current_setting('mereau.org', true), '')::uuid));

grant select on redemption.redemption, redemption.undone_redemption to {{reader}};
-- Of nobody in particular.
grant select on redemption.known_programme to {{reader}};
