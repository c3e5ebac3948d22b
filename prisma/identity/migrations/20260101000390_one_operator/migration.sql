-- Who releases money is confirmed by a second person of the same operator. A second operator would have none, and whoever
-- made it could act beside the first.
create unique index organisation_one_operator on identity.organisation (kind) where kind = 'operator';
