-- Totals are announced at each close too: which close of this service was the last before them, so that each is told once.
alter table {{schema}}.control_total add column closed_up_to bigint check (closed_up_to >= 0);
